import Platform
import Rollouts

/// Threads whose files have the ids of other threads in their names, each with the file that is
/// listed.
///
/// Names do not lead to such files, so all files of the home have to be read.
struct StrayFiles {
  private let paths: [UUID: String]

  /// Collects the threads.
  ///
  /// - Parameter files: The files of the home, all of them checked.
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

  /// Whether another file has precedence over the file in which a thread was found. It is false for
  /// a thread without stray files.
  func isShadowed(_ thread: ThreadOverview) -> Bool {
    paths[thread.id].map { $0 != thread.location.path } ?? false
  }
}
