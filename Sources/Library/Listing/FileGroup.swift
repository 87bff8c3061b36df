import Platform
import Rollouts

/// The files that may belong to one thread: those whose names share an id.
///
/// Mostly one file. Several may be one thread (segments, copies) or several; only what stands in
/// them tells.
final class FileGroup: Sendable {
  let files: [CatalogFile]
  /// Between these times its threads are ordered by creation, in ms since 1970: so that a page
  /// needs the files of the days around it only (ROLLOUTS.md 7).
  let times: ClosedRange<Int64>

  init(_ files: [CatalogFile]) {
    self.files = files
    let days = files.lazy.map { Int64($0.file.day) }
    times = Self.times(of: days.min() ?? 0).lowerBound...Self.times(of: days.max() ?? 0).upperBound
  }

  /// Between which times the threads of a day stand.
  static func times(of day: Int64) -> ClosedRange<Int64> {
    (day * Self.day - slack)...((day + 1) * Self.day + slack)
  }

  private static let day: Int64 = 86_400_000
  private static let slack: Int64 = 36 * 3_600_000

  /// The threads to be listed, each by the file that counts.
  func threads(in store: RolloutStore) -> [ThreadOverview] {
    if files.count == 1 { return files[0].entry?.overview.map { [$0] } ?? [] }
    let entries = files.compactMap { file in file.entry.map { (file: file.file, entry: $0) } }
    let ids = Set(entries.map(\.entry.owner.id))
    let usable = entries.filter { file, entry in
      guard let thread = entry.overview, entry.owner.id != nil else { return false }
      // A name with two ids may be that of a segment or that of a thread. If the file cannot be
      // read, and another file has the first id, it counts as a segment of that one's thread.
      return thread.unreadable == nil || file.name.secondID == nil
        || !ids.contains(file.name.firstID)
    }
    return Dictionary(grouping: usable) { $0.entry.owner.id }.values.compactMap { owners in
      let newest = store.newest(of: owners.map { ($0.file, $0.entry.owner) })
      return owners.first { $0.file.path == newest?.path }?.entry.overview
    }
  }

  /// What a thread is ordered by: when it was created, as far as the days of its files agree.
  func createdAt(_ thread: ThreadOverview) -> Int64 {
    min(max(thread.createdAt, times.lowerBound), times.upperBound)
  }

  /// The same for the order by changes: when the thread last went on, as it was known at a time.
  func updatedAt(_ thread: ThreadOverview, asOf moment: Int64) -> Int64 {
    let file = files.first { $0.entry?.overview === thread }
    // A file that has appeared since goes on where the others were, or stays where it appeared.
    return file?.updatedAt(asOf: moment) ?? files.compactMap { $0.updatedAt(asOf: moment) }.max()
      ?? file?.firstUpdatedAt ?? thread.updatedAt
  }

  /// When its threads last went on, from the first to the last, in ms since 1970.
  func changes(asOf moment: Int64) -> ClosedRange<Int64>? {
    if files.count == 1 {
      let file = files[0]
      return (file.updatedAt(asOf: moment) ?? file.firstUpdatedAt).map { $0...$0 }
    }
    let times = files.flatMap {
      [$0.updatedAt(asOf: moment), $0.firstUpdatedAt, $0.updatedAt]
    }.compactMap(\.self)
    guard let first = times.min(), let last = times.max() else { return nil }
    return first...last
  }

  /// Whether its threads are those that its files are named after, created at these files' days: as
  /// far as can be seen without other files.
  var isPlain: Bool {
    files.allSatisfy { file in
      guard file.file.name.secondID == nil else { return false }
      guard let entry = file.entry else { return true }
      guard entry.owner.id == file.file.name.lastID else { return false }
      return entry.overview.map { createdAt($0) == $0.createdAt } ?? true
    }
  }

  /// Whether one of the files is of this thread.
  func holds(_ id: UUID) -> Bool { files.contains { $0.entry?.owner.id == id } }
}
