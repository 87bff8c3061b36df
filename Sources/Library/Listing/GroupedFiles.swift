import Platform
import Rollouts

/// The listed files of a home in groups, as they were at one moment.
struct GroupedFiles: Sendable {
  /// All files of the home, listed or not.
  let files: RolloutFiles
  /// The groups in descending order of their latest times.
  let newestFirst: [FileGroup]
  /// The groups with the indices that they have in `files`; nil for a group without listed files.
  private let groups: [FileGroup?]

  /// Groups the files.
  ///
  /// - Parameter known: The groups of an earlier moment. What was read of files that still exist is
  ///   kept. Nil if there is none.
  init(_ files: RolloutFiles, known: GroupedFiles?) {
    self.files = files
    groups = files.groups.map { members in
      let listed = members.filter(\.folder.isListed)
      if listed.isEmpty { return nil }
      guard let known else { return FileGroup(listed.map { CatalogFile($0) }) }
      return FileGroup(listed.map { known.file($0) ?? known.successor($0) ?? CatalogFile($0) })
    }
    newestFirst = groups.compactMap(\.self).sorted { $0.times.upperBound > $1.times.upperBound }
  }

  /// The group of the files whose names contain an id; nil if there is none.
  subscript(id: UUID) -> FileGroup? { files.group(of: id).flatMap { groups[$0] } }

  private func file(_ file: RolloutFile) -> CatalogFile? {
    self[file.name.firstID]?.files.first { $0.file.isSame(as: file) }
  }

  /// A new entry for a file that continues the latest file of its group; nil for a new group.
  private func successor(_ file: RolloutFile) -> CatalogFile? {
    let last = self[file.name.firstID]?.files.max { $0.updatedAt ?? 0 < $1.updatedAt ?? 0 }
    return last.map { CatalogFile(file, after: $0) }
  }
}
