import Synchronization

/// Tells tests about accesses to the disk, so that they can simulate a slow disk.
package enum DiskAccess {
  /// A function that is called with the path of a file or folder before an access.
  package typealias Hook = @Sendable (_ path: String) -> Void

  private static let isWatched = Atomic<Bool>(false)
  private static let hooks = Mutex<[(folder: String, hook: Hook)]>([])

  /// Calls `hook` before each access to a file or folder below `folder`. The access waits until the
  /// hook returns.
  package static func watch(_ folder: String, _ hook: @escaping Hook) {
    hooks.withLock { $0.append((folder, hook)) }
    isWatched.store(true, ordering: .sequentiallyConsistent)
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
