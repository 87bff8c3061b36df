package import Platform

/// The stored threads of a home: finds, opens, reads, lists and searches them. Nothing is written.
///
/// The library can be used from any thread. A call may wait for the disk.
package final class ThreadLibrary: Sendable {
  /// The rollout files of the home.
  package let store: RolloutStore
  /// The threads as lists show them.
  package let catalog: ThreadCatalog
  /// The absolute path of the server's working directory.
  package let directory: String
  /// The threads that help to read many files or large threads.
  package let helpers: ThreadPool
  /// The log for damaged and missing parts of threads.
  package let log: Log
  let cache: SnapshotCache

  /// Creates a library.
  ///
  /// - Parameters:
  ///   - home: The absolute path of the folder that holds the threads.
  ///   - directory: The absolute path of the server's working directory.
  ///   - modelProvider: The provider of threads that record none.
  package init(
    home: String, directory: String, modelProvider: String, helpers: ThreadPool, log: Log
  ) {
    self.directory = directory
    self.helpers = helpers
    self.log = log
    store = RolloutStore(home: home)
    cache = SnapshotCache(store: store)
    catalog = ThreadCatalog(
      store: store, helpers: helpers, directory: directory, modelProvider: modelProvider)
  }
}
