package import Platform

/// The rollout files of a home, or the newest of them, at one moment.
package final class RolloutFiles: Sendable {
  /// Groups of files whose names share an id, so that they may belong to one thread. The newest
  /// folders come first.
  package let groups: [[RolloutFile]]
  /// The day, counted from 1970, behind which no folder was left out; nil if all folders were read.
  package let firstDay: Int?
  /// The folders that could not be read. Files in them are missing from the groups.
  package let unread: [UnreadFolder]
  private let groupOfID: [UUID: Int]
  /// The files of large groups that a `history_base` refers to, by the last ids in their names.
  private let basesOfLargeGroups: [UUID: RolloutFile]

  init(_ files: [RolloutFile], unread: [UnreadFolder], firstDay: Int?) {
    self.unread = unread
    var grouping = Grouping(capacity: files.count)
    for file in files { grouping.add(file) }
    groups = grouping.groups
    groupOfID = grouping.groupOfID
    self.firstDay = firstDay
    let large = groups.lazy.filter { $0.count > Self.largeGroup }.joined()
    basesOfLargeGroups = Dictionary(large.map { ($0.name.lastID, $0) }) { one, other in
      other.rank < one.rank ? other : one
    }
  }

  /// The number of files from which on the files of a group are found by a table.
  private static let largeGroup = 16

  /// The index of the group whose names contain an id; nil if there is none.
  package func group(of id: UUID) -> Int? { groupOfID[id] }

  /// The files whose names contain an id as either of their UUIDs.
  package func naming(_ id: UUID) -> [RolloutFile] {
    groupOfID[id].map { groups[$0].filter { $0.name.contains(id) } } ?? []
  }

  /// The file that a `history_base` refers to by the last id in the name; nil if there is none.
  package func base(_ id: UUID) -> RolloutFile? {
    guard let group = groupOfID[id].map({ groups[$0] }) else { return nil }
    if group.count > Self.largeGroup { return basesOfLargeGroups[id] }
    return group.filter { $0.name.lastID == id }.min { $0.rank < $1.rank }
  }

  /// A folder that could not be read and may hold files that were made on a day or later; nil if
  /// there is none.
  ///
  /// - Parameter day: The day, counted from 1970.
  package func unread(since day: Int) -> UnreadFolder? {
    unread.first { $0.folder.lastDay >= day }
  }

  /// The files whose names do not contain an id.
  package func others(than id: UUID) -> [RolloutFile] {
    groups.flatMap { $0.filter { !$0.name.contains(id) } }
  }

  /// All files in the order of their groups.
  package var all: [RolloutFile] { groups.flatMap { $0 } }
}

/// Groups files whose names share an id.
private struct Grouping {
  /// The groups. A group that was merged into another one is empty.
  private(set) var groups: [[RolloutFile]] = []
  private(set) var groupOfID: [UUID: Int] = [:]

  init(capacity: Int) {
    groups.reserveCapacity(capacity)
    groupOfID.reserveCapacity(capacity)
  }

  mutating func add(_ file: RolloutFile) {
    let first = groupOfID[file.name.firstID]
    let last = file.name.secondID == nil ? first : groupOfID[file.name.lastID]
    guard let group = first ?? last else {
      note(file, in: groups.count)
      return groups.append([file])
    }
    groups[group].append(file)
    note(file, in: group)
    if let last, last != group { merge(last, into: group) }
  }

  private mutating func note(_ file: RolloutFile, in group: Int) {
    groupOfID[file.name.firstID] = group
    if let second = file.name.secondID { groupOfID[second] = group }
  }

  private mutating func merge(_ other: Int, into group: Int) {
    for file in groups[other] { note(file, in: group) }
    groups[group] += groups[other]
    groups[other] = []
  }
}
