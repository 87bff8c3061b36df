import LibC

/// Tells whether entries of some folders were added, removed or renamed, on systems that report
/// this.
///
/// A query takes one system call for any number of folders. Changes that other machines make on a
/// network file system are not reported.
package final class FolderWatch: Sendable {
  private let descriptor: Int32

  /// Creates a watch without folders; nil if the system has no watches, or none left.
  package init?() {
    guard let descriptor = openFolderWatch() else { return nil }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Watches the folder that a path leads to now, as long as it exists.
  ///
  /// A missing folder counts as watched, because creating it changes the folder above.
  ///
  /// - Returns: False if the folder cannot be watched, because no watch is left or the folder is
  ///   not readable.
  package func add(_ path: String) -> Bool {
    if addToFolderWatch(descriptor, path) { return true }
    return errno == ENOENT || errno == ENOTDIR
  }

  /// Whether nothing has changed since the last call, or since the folders were added.
  package func isQuiet() -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if poll(&request, 1, 0) == 0 { return true }
    var events = [UInt8](repeating: 0, count: 16 * 1024)
    while read(descriptor, &events, events.count) > 0 {}
    return false
  }
}
