import Platform
import Rollouts

/// The files that may belong to one thread, because their names share an id.
///
/// Most groups have one file. Several files may belong to one thread (segments, copies) or to
/// several threads, which only their headers tell.
final class FileGroup: Sendable {
  let files: [CatalogFile]
  /// The range of times by which the threads of the group are ordered in a list by creation, in
  /// milliseconds since 1970. It follows from the days of the files, so that a page needs only
  /// files of nearby days (ROLLOUTS.md 7).
  let times: ClosedRange<Int64>

  init(_ files: [CatalogFile]) {
    self.files = files
    let days = files.lazy.map { Int64($0.file.day) }
    times = Self.times(of: days.min() ?? 0).lowerBound...Self.times(of: days.max() ?? 0).upperBound
  }

  /// The range of times by which threads of a day are ordered, in milliseconds since 1970.
  ///
  /// - Parameter day: The number of days since 1970-01-01.
  static func times(of day: Int64) -> ClosedRange<Int64> {
    (day * Self.day - slack)...((day + 1) * Self.day + slack)
  }

  private static let day: Int64 = 86_400_000
  private static let slack: Int64 = 36 * 3_600_000

  /// The threads of the group that are listed, each read from the file with the highest precedence.
  func threads(in store: RolloutStore) -> [ThreadOverview] {
    if files.count == 1 { return files[0].entry?.overview.map { [$0] } ?? [] }
    return newest(in: store) { _, entry in entry.overview != nil }.compactMap { $0.entry?.overview }
  }

  /// The files that have to be read before it is known which ones are listed: for each thread the
  /// file with the highest precedence, without those that were read and are not listed. The owners
  /// of all files must be known.
  func unreadHeads(in store: RolloutStore, at now: LookTime) -> [CatalogFile] {
    let heads = newest(in: store) { file, entry in
      entry.overview != nil || file.needsLook(.overview, at: now)
    }
    return heads.filter { $0.needsLook(.overview, at: now) }
  }

  /// The file with the highest precedence of each thread, among those that may be listed.
  ///
  /// - Parameter isWanted: Whether a file may be listed.
  private func newest(
    in store: RolloutStore, where isWanted: (CatalogFile, CatalogFile.Entry) -> Bool
  ) -> [CatalogFile] {
    let entries = files.compactMap { file in file.entry.map { (file: file, entry: $0) } }
    let ids = Set(entries.map(\.entry.owner.id))
    let usable = entries.filter { file, entry in
      guard entry.owner.id != nil, isWanted(file, entry) else { return false }
      // A name with two ids may be the name of a segment or of a copy. If the file cannot be read
      // and another file belongs to the first id, the file counts as a segment of that thread.
      return entry.overview?.unreadable == nil || file.file.name.secondID == nil
        || !ids.contains(file.file.name.firstID)
    }
    return Dictionary(grouping: usable) { $0.entry.owner.id }.values.compactMap { owners in
      let newest = store.newest(of: owners.map { ($0.file.file, $0.entry.owner) })
      return owners.first { $0.file.file.path == newest?.path }?.file
    }
  }

  /// The time by which a thread is ordered in a list by creation, in milliseconds since 1970: its
  /// creation time, limited to `times`.
  func createdAt(_ thread: ThreadOverview) -> Int64 {
    min(max(thread.createdAt, times.lowerBound), times.upperBound)
  }

  /// The time by which a thread is ordered in a list by changes, in milliseconds since 1970: when
  /// its last message was written, according to what was known at a given moment.
  func updatedAt(_ thread: ThreadOverview, asOf moment: Int64) -> Int64 {
    let file = files.first { $0.entry?.overview === thread }
    // A file that was added after the moment takes over the time of the older files of its group.
    // Without any, it has the time of its first check.
    return file?.updatedAt(asOf: moment) ?? files.compactMap { $0.updatedAt(asOf: moment) }.max()
      ?? file?.firstUpdatedAt ?? thread.updatedAt
  }

  /// The range of times by which the threads of the group are ordered in a list by changes, in
  /// milliseconds since 1970; nil if the group has no listed thread.
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

  /// The files of groups with one file, and the groups with several.
  static func split(_ groups: [FileGroup]) -> (single: [CatalogFile], several: [FileGroup]) {
    var single: [CatalogFile] = []
    var several: [FileGroup] = []
    single.reserveCapacity(groups.count)
    for group in groups {
      if group.files.count == 1 { single.append(group.files[0]) } else { several.append(group) }
    }
    return (single, several)
  }

  /// Whether each file has a single id in its name and, as far as it was read, belongs to the
  /// thread with this id and was created on the day of its folder. Such a group can be listed
  /// without reading other files.
  var isPlain: Bool {
    files.allSatisfy { file in
      guard file.file.name.secondID == nil else { return false }
      guard let entry = file.entry else { return true }
      guard entry.owner.id == file.file.name.lastID else { return false }
      return entry.overview.map { createdAt($0) == $0.createdAt } ?? true
    }
  }

  /// Whether a file was gone when it was looked at.
  var missesFile: Bool { files.contains(where: \.isGone) }

  /// Whether one of the files belongs to a thread.
  func holds(_ id: UUID) -> Bool { files.contains { $0.entry?.owner.id == id } }
}
