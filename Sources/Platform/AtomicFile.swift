import LibC

/// A new file that appears under its name completely or not at all.
///
///     let file = try AtomicFile(path)
///     try file.write(text.span.bytes)
///     try file.publish()
///
/// Until `publish` or `replace`, the file has a hidden name (`.NAME.tmp`) in the same folder.
/// Without either call it is removed.
package struct AtomicFile: ~Copyable {
  private let path: String
  private let temporaryPath: String
  private let descriptor: Int32
  /// Whether the hidden name still belongs to this file.
  private var hasTemporaryName = true

  /// Creates the file with mode 0600, and its folder with mode 0700 if that is missing.
  package init(_ path: String) throws(SystemError) {
    try Directory.create(Path.directory(of: path))
    let (descriptor, temporaryPath) = try Self.createTemporary(for: path)
    self.path = path
    self.temporaryPath = temporaryPath
    self.descriptor = descriptor
  }

  /// Creates a file with a hidden name. A hidden name that exists is skipped, because it may belong
  /// to another process.
  private static func createTemporary(for path: String) throws(SystemError) -> (Int32, String) {
    try DiskAccess.begin("create", path)
    let hidden = Path.join(Path.directory(of: path), "." + Path.lastComponent(of: path))
    for suffix in [".tmp", ".1.tmp", ".2.tmp", ".3.tmp"] {
      let temporary = hidden + suffix
      let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if descriptor >= 0 { return (descriptor, temporary) }
      guard errno == EEXIST else { break }
    }
    throw SystemError("create", path)
  }

  deinit {
    close(descriptor)
    // After `publish` the hidden name is not needed, and before it the file is not wanted.
    if hasTemporaryName { unlink(temporaryPath) }
  }

  /// Appends bytes.
  package func write(_ bytes: RawSpan) throws(SystemError) {
    try writeAll(bytes, to: descriptor, path: path)
  }

  /// The file, opened for reading. It stays readable even if its name changes or is removed.
  package func content() throws(SystemError) -> File {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw SystemError("open", path) }
    return File(descriptor: copy, path: path)
  }

  /// Gives the file its name, and waits until the disk has both.
  ///
  /// - Throws: An error whose `isExisting` is true if the name is taken. Nothing was changed then.
  package consuming func publish() throws(SystemError) {
    try sync()
    guard link(temporaryPath, path) == 0 else { throw SystemError("create", path) }
    try Directory.sync(Path.directory(of: path))
  }

  /// Replaces the file that has the name now, takes over its mode, and waits until the disk has
  /// both.
  package consuming func replace() throws(SystemError) {
    let permissions = try FileStatus(path: path).permissions
    guard fchmod(descriptor, mode_t(permissions)) == 0 else { throw SystemError("replace", path) }
    try sync()
    guard rename(temporaryPath, path) == 0 else { throw SystemError("replace", path) }
    hasTemporaryName = false
    try Directory.sync(Path.directory(of: path))
  }

  private func sync() throws(SystemError) {
    guard fsync(descriptor) == 0 else { throw SystemError("sync", path) }
  }
}
