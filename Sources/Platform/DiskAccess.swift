import Synchronization

/// Tells tests what waits for a disk, so that they can let a disk be slow.
package enum DiskAccess {
  package typealias Hook = @Sendable (_ path: String) -> Void

  private static let isWatched = Atomic<Bool>(false)
  private static let hooks = Mutex<[(folder: String, hook: Hook)]>([])

  /// Calls `hook` before a file or folder below a folder is opened, read, written or made; the call
  /// waits as long as the hook does.
  package static func watch(_ folder: String, _ hook: @escaping Hook) {
    hooks.withLock { $0.append((folder, hook)) }
    isWatched.store(true, ordering: .sequentiallyConsistent)
  }

  /// To be called where the disk may have to be waited for.
  @inline(__always) static func begin(_ path: String) {
    if isWatched.load(ordering: .relaxed) { callHooks(path) }
  }

  private static func callHooks(_ path: String) {
    let called = hooks.withLock { hooks in hooks.filter { path.hasPrefix($0.folder) } }
    for (_, hook) in called { hook(path) }
  }
}
