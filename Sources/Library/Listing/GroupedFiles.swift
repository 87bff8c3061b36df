import Platform
import Rollouts

/// The listed files of a home in groups, as they were at one moment.
struct GroupedFiles: Sendable {
  let files: RolloutFiles
  /// By the last of their times.
  let newestFirst: [FileGroup]
  /// In the order of the files' groups; nil where none of the files is listed.
  private let groups: [FileGroup?]

  /// - Parameter known: What was known before: of files that are still there it is kept.
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

  /// The group of the files whose names hold an id.
  subscript(id: UUID) -> FileGroup? { files.group(of: id).flatMap { groups[$0] } }

  private func file(_ file: RolloutFile) -> CatalogFile? {
    self[file.name.firstID]?.files.first { $0.file.isSame(as: file) }
  }

  /// A new file of a thread that is known.
  private func successor(_ file: RolloutFile) -> CatalogFile? {
    let last = self[file.name.firstID]?.files.max { $0.updatedAt ?? 0 < $1.updatedAt ?? 0 }
    return last.map { CatalogFile(file, after: $0) }
  }
}
