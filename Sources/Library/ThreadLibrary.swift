package import Platform

/// The stored threads of a home: finds, opens, reads and lists them. Nothing is written.
///
/// Any thread may ask, and a question may take as long as the disk does.
package final class ThreadLibrary: Sendable {
  package let store: RolloutStore
  package let catalog: ThreadCatalog
  /// The server's directory, which relative paths count from.
  package let directory: String
  /// The threads that help with large pieces of work.
  package let helpers: ThreadPool
  package let log: Log
  let cache: SnapshotCache

  /// - Parameters:
  ///   - home: The folder that holds the threads, absolute.
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
