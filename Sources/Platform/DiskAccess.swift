import LibC
import Synchronization

/// Tells tests about accesses to the disk, so that they can simulate a slow or a failing disk.
package enum DiskAccess {
  /// A function that is called with the path of a file or folder before an access.
  package typealias Hook = @Sendable (_ path: String) -> Void

  /// What a system call about a file or folder asks for.
  package enum Request: Sendable {
    /// The status, which needs no permission for the file or folder itself.
    case status
    /// Anything else.
    case other
  }

  /// A function that is called before each system call about a file or folder. The call is not made,
  /// and fails with the error number that the function returns, unless that is nil.
  package typealias Failure = @Sendable (_ path: String, _ request: Request) -> Int32?

  private static let isWatched = Atomic<Bool>(false)
  private static let failures = Mutex<[(folder: String, failure: Failure)]>([])
  private static let hooks = Mutex<[(folder: String, hook: Hook)]>([])

  /// Calls `hook` before each access to a file or folder below `folder`. The access waits until the
  /// hook returns.
  package static func watch(_ folder: String, _ hook: @escaping Hook) {
    hooks.withLock { $0.append((folder, hook)) }
    isWatched.store(true, ordering: .sequentiallyConsistent)
  }

  /// Makes system calls about files and folders below `folder` fail.
  package static func fail(_ folder: String, _ failure: @escaping Failure) {
    failures.withLock { $0.append((folder, failure)) }
    isWatched.store(true, ordering: .sequentiallyConsistent)
  }

  /// Whether a test wants a system call about a path to fail. `errno` then has the error.
  @inline(__always) static func fails(_ path: String?, _ request: Request) -> Bool {
    guard isWatched.load(ordering: .relaxed), let path else { return false }
    return hasFailure(path, request)
  }

  private static func hasFailure(_ path: String, _ request: Request) -> Bool {
    let called = failures.withLock { all in all.filter { path.hasPrefix($0.folder) } }
    for (_, failure) in called {
      guard let code = failure(path, request) else { continue }
      errno = code
      return true
    }
    return false
  }

  /// Calls the hooks for a path. To be called before each access that may wait for the disk.
  @inline(__always) static func begin(_ path: String) {
    if isWatched.load(ordering: .relaxed) { callHooks(path) }
  }

  private static func callHooks(_ path: String) {
    let called = hooks.withLock { hooks in hooks.filter { path.hasPrefix($0.folder) } }
    for (_, hook) in called { hook(path) }
  }
}
