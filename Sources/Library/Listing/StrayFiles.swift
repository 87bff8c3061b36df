import Platform
import Rollouts

/// The threads whose files are named after other ones, each with the file that counts.
///
/// No name leads from one such file to another: all files have to be looked into.
struct StrayFiles {
  private let paths: [UUID: String]

  /// - Parameter files: All of them looked at.
  init(in files: GroupedFiles, _ store: RolloutStore) {
    var owners: [UUID: [(file: RolloutFile, owner: RolloutOwner)]] = [:]
    for file in files.newestFirst.lazy.flatMap(\.files) {
      guard let entry = file.entry, entry.overview != nil, entry.owner.alias != nil,
        let id = entry.owner.id
      else { continue }
      owners[id, default: []].append((file.file, entry.owner))
    }
    paths = owners.compactMapValues { store.newest(of: $0)?.path }
  }

  /// Whether a thread that no file is named after is to be shown by another file than the one that it
  /// was found in.
  func isShadowed(_ thread: ThreadOverview) -> Bool {
    paths[thread.id].map { $0 != thread.location.path } ?? false
  }
}
