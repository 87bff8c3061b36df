import LibC

extension File {
  /// Creates an empty temporary file for data that do not fit into memory. It has no name, and is
  /// removed with the last reference to it.
  ///
  /// Its folder is `TMPDIR`, else `/var/tmp`, because `/tmp` is in memory on many systems.
  ///
  /// - Parameter path: The path in errors: that of the file whose content is stored.
  package static func scratch(for path: String) throws(SystemError) -> File {
    let folders = [Environment.value("TMPDIR"), "/var/tmp", "/tmp"].compactMap(\.self)
    for folder in folders where !folder.isEmpty {
      if let descriptor = openNameless(in: folder, O_APPEND) ?? openUnlinked(in: folder) {
        return File(descriptor: descriptor, path: path, scratchFolder: folder)
      }
    }
    throw SystemError("create a temporary file in \(folders.last ?? "/tmp") for", path)
  }

  /// Creates a file and removes its name; nil if the file cannot be created.
  private static func openUnlinked(in folder: String) -> Int32? {
    var name = Array(Path.join(folder, "reprise-XXXXXX").utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { return nil }
    unlink(name)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    // `append` writes at the end of the file.
    _ = fcntl(descriptor, F_SETFL, O_APPEND)
    return descriptor
  }
}
