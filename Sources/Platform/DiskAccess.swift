import Synchronization

/// Tells tests about accesses to the disk, so that they can simulate a disk that is slow or fails.
package enum DiskAccess {
  /// A function that is called with the path of a file or folder before an access.
  package typealias Hook = @Sendable (_ path: String) -> Void
  /// A function that is called with the path of a file or folder before an access, and returns the
  /// number of the error with which the access fails; nil if it is made.
  package typealias Failure = @Sendable (_ path: String) -> Int32?

  private static let isWatched = Atomic<Bool>(false)
  private static let hooks = Mutex<[(folder: String, hook: Failure)]>([])

  /// Calls `hook` before each access to a file or folder below `folder`. The access waits until the
  /// hook returns.
  package static func watch(_ folder: String, _ hook: @escaping Hook) {
    fail(folder) { path in
      hook(path)
      return nil
    }
  }

  /// Calls `failure` before each access to a file or folder below `folder`. If it returns an error
  /// number, the access fails with it.
  package static func fail(_ folder: String, _ failure: @escaping Failure) {
    hooks.withLock { $0.append((folder, failure)) }
    isWatched.store(true, ordering: .sequentiallyConsistent)
  }

  /// Calls the hooks for a path. To be called before each access that may wait for the disk.
  ///
  /// - Parameter operation: The operation that the error of a hook names.
  @inline(__always)
  static func begin(_ operation: String, _ path: String) throws(SystemError) {
    if isWatched.load(ordering: .relaxed) { try callHooks(operation, path) }
  }

  private static func callHooks(_ operation: String, _ path: String) throws(SystemError) {
    let called = hooks.withLock { hooks in hooks.filter { path.hasPrefix($0.folder) } }
    for (_, hook) in called {
      if let code = hook(path) {
        throw SystemError(operation: operation, path: path, code: code)
      }
    }
  }
}
