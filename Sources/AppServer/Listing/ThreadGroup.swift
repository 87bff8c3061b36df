import Rollouts
import System

/// The files that may belong to one thread: those whose names share an id.
///
/// Mostly one file. Several may be one thread (segments, copies) or several; only what stands in
/// them tells.
final class ThreadGroup: Sendable {
  let files: [CatalogFile]
  /// Between these times its threads are ordered by creation, in ms since 1970: so that a page needs
  /// the files of the days around it only (ROLLOUTS.md 7).
  let times: ClosedRange<Int64>

  /// - Parameter days: The files' days.
  init(_ files: [CatalogFile], days: [Int]) {
    self.files = files
    let first = Int64(days.min() ?? 0) * Self.day
    let last = Int64(days.max() ?? 0) * Self.day
    times = (first - Self.slack)...(last + Self.day + Self.slack)
  }

  private static let day: Int64 = 86_400_000
  private static let slack: Int64 = 36 * 3_600_000

  /// The threads to be listed, each by the file that counts.
  func rows(in store: RolloutStore) -> [ThreadRow] {
    if files.count == 1 { return files[0].entry?.row.map { [$0] } ?? [] }
    let entries = files.compactMap { file in file.entry.map { (file: file.file, entry: $0) } }
    let usable = entries.filter { $0.entry.row != nil }
    let ids = Set(usable.compactMap(\.entry.claim.id))
    return ids.compactMap { id in
      let claims = usable.filter { $0.entry.claim.id == id }
      let best = store.best(of: claims.map { ($0.file, $0.entry.claim) })
      return claims.first { $0.file.path == best?.path }?.entry.row
    }
  }

  /// When its threads last went on, from the first to the last, in ms since 1970.
  var changes: ClosedRange<Int64>? {
    let times = files.compactMap(\.updatedAt)
    guard let first = times.min(), let last = times.max() else { return nil }
    return first...last
  }

  /// Whether one of the files is of this thread.
  func holds(_ id: UUID) -> Bool { files.contains { $0.entry?.claim.id == id } }
}

/// All files of a home in groups, as they were at one time.
struct GroupedFiles: Sendable {
  let edition: Int
  /// By the last of their times.
  let newestFirst: [ThreadGroup]
  /// By the first of their times.
  let oldestFirst: [ThreadGroup]
  private let byID: [UUID: ThreadGroup]

  init() {
    edition = 0
    newestFirst = []
    oldestFirst = []
    byID = [:]
  }

  /// - Parameter known: Files that were looked at before, by their paths.
  init(_ folders: [RolloutListing.Folder], edition: Int, known: [String: CatalogFile]) {
    var grouping = Grouping()
    for folder in folders {
      for file in folder.files {
        let catalogFile = known[file.path] ?? CatalogFile(file)
        grouping.add(catalogFile, day: folder.folder.day?.number ?? file.name.dayNumber)
      }
    }
    let (groups, byID) = grouping.finished()
    self.edition = edition
    self.byID = byID
    newestFirst = groups.sorted { $0.times.upperBound > $1.times.upperBound }
    oldestFirst = groups.sorted { $0.times.lowerBound < $1.times.lowerBound }
  }

  /// The group of the files whose names hold an id.
  subscript(id: UUID) -> ThreadGroup? { byID[id] }

  var filesByPath: [String: CatalogFile] {
    let files = newestFirst.flatMap(\.files)
    return Dictionary(files.map { ($0.file.path, $0) }) { first, _ in first }
  }
}

/// Puts files together whose names share an id.
private struct Grouping {
  private var members: [[(file: CatalogFile, day: Int)]] = []
  private var groups: [UUID: Int] = [:]

  mutating func add(_ file: CatalogFile, day: Int) {
    let name = file.file.name
    let first = groups[name.firstID]
    let last = groups[name.lastID]
    let group = first ?? last ?? members.count
    if group == members.count { members.append([]) }
    members[group].append((file, day))
    groups[name.firstID] = group
    groups[name.lastID] = group
    if let last, last != group { merge(last, into: group) }
  }

  private mutating func merge(_ other: Int, into group: Int) {
    for member in members[other] {
      groups[member.file.file.name.firstID] = group
      groups[member.file.file.name.lastID] = group
    }
    members[group] += members[other]
    members[other] = []
  }

  func finished() -> (groups: [ThreadGroup], byID: [UUID: ThreadGroup]) {
    let made = members.map { ThreadGroup($0.map(\.file), days: $0.map(\.day)) }
    return (made.filter { !$0.files.isEmpty }, groups.mapValues { made[$0] })
  }
}

extension RolloutFolder.Day {
  /// Counted from 1970.
  fileprivate var number: Int { CivilDate(year: year, month: month, day: day).daysSince1970 }
}

extension RolloutName {
  fileprivate var dayNumber: Int {
    CivilDate(year: time.year, month: time.month, day: time.day).daysSince1970
  }
}
