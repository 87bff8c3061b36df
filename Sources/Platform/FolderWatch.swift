import LibC

/// Tells whether entries of some folders came, went or were renamed, where the system can tell that.
///
/// To be asked costs one system call, however many folders there are. What other machines change on
/// a file system of the network is not told.
package final class FolderWatch: Sendable {
  private let descriptor: Int32

  /// Nil where the system has none to give.
  package init?() {
    guard let descriptor = openFolderWatch() else { return nil }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Watches a folder from now on, by where the path leads now, for as long as it exists.
  ///
  /// A path that leads nowhere counts as watched: what makes it lead somewhere is a change above.
  ///
  /// - Returns: False where it cannot be: no watch is left, or it may not be read.
  package func add(_ path: String) -> Bool {
    if addToFolderWatch(descriptor, path) { return true }
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
}
