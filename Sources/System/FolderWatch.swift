#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tells whether entries of some folders came, went or were renamed: Linux's inotify.
///
/// To be asked costs one system call, however many folders there are. What other machines change on
/// a file system of the network is not told.
package final class FolderWatch: Sendable {
  #if canImport(Glibc)
    private let descriptor: Int32

    /// Nil where the system has none to give.
    package init?() {
      descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
      guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// Watches a folder from now on, by where the path leads now, for as long as it exists.
    ///
    /// A path that leads nowhere counts as watched: what makes it lead somewhere is a change above.
    ///
    /// - Returns: False where it cannot be: no watch is left, or it may not be read.
    package func add(_ path: String) -> Bool {
      let events = UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR)
      if inotify_add_watch(descriptor, path, events) >= 0 { return true }
      return errno == ENOENT || errno == ENOTDIR
    }

    /// Whether nothing happened since the last call, or since the folders were added.
    package func isQuiet() -> Bool {
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&request, 1, 0) == 0 { return true }
      var events = [UInt8](repeating: 0, count: 16 * 1024)
      while read(descriptor, &events, events.count) > 0 {}
      return false
    }
  #else
    /// Nil: there is no such thing here.
    package init?() { return nil }
    package func add(_ path: String) -> Bool { false }
    package func isQuiet() -> Bool { false }
  #endif
}
