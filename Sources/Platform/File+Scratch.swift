import LibC

extension File {
  /// An empty file for what does not fit into memory: it has no name, and goes with the last
  /// reference to it.
  ///
  /// It lies in `TMPDIR`, else where the system keeps what is large: `/tmp` is memory on many.
  ///
  /// - Parameter path: What errors call it: the file whose content it is for.
  package static func scratch(for path: String) throws(SystemError) -> File {
    let folders = [Environment.value("TMPDIR"), "/var/tmp", "/tmp"].compactMap(\.self)
    for folder in folders where !folder.isEmpty {
      var name = Array(Path.join(folder, "reprise-XXXXXX").utf8CString)
      let descriptor = mkstemp(&name)
      guard descriptor >= 0 else { continue }
      unlink(name)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      // As `append` says: at the end, wherever that is.
      _ = fcntl(descriptor, F_SETFL, O_APPEND)
      return File(descriptor: descriptor, path: path)
    }
    throw SystemError("create a temporary file for", path)
  }
}
