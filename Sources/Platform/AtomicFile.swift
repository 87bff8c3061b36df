import LibC

/// A file that appears under its name whole, or not at all.
///
///     let file = try AtomicFile(path)
///     try file.write(text.span.bytes)
///     try file.publish()
///
/// Until then it has a hidden name (`.NAME.tmp`) in the same folder; without `publish`, nothing
/// of it remains.
package struct AtomicFile: ~Copyable {
  private let path: String
  private let temporaryPath: String
  private let descriptor: Int32
  /// Whether the hidden name is still this file's, and not free for another one's.
  private var hasTemporaryName = true

  /// Begins a file, in a folder that is made if it is missing (0700); its own mode is 0600.
  package init(_ path: String) throws(SystemError) {
    try Directory.create(Path.directory(of: path))
    let (descriptor, temporaryPath) = try Self.createTemporary(for: path)
    self.path = path
    self.temporaryPath = temporaryPath
    self.descriptor = descriptor
  }

  /// A name that a crash left behind is passed over: it might be another process's.
  private static func createTemporary(for path: String) throws(SystemError) -> (Int32, String) {
    DiskAccess.begin(path)
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
    // After `publish` this name is spare; before it, the file is unwanted.
    if hasTemporaryName { unlink(temporaryPath) }
  }

  /// Adds bytes at the end.
  package func write(_ bytes: RawSpan) throws(SystemError) {
    try writeAll(bytes, to: descriptor, path: path)
  }

  /// The file for reading, whatever becomes of its names.
  package func content() throws(SystemError) -> File {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw SystemError("open", path) }
    return File(descriptor: copy, path: path)
  }

  /// Gives the file its name, to last. Where the name is taken: `isExisting`, nothing changed.
  package consuming func publish() throws(SystemError) {
    try sync()
    guard link(temporaryPath, path) == 0 else { throw SystemError("create", path) }
    try Directory.sync(Path.directory(of: path))
  }

  /// Gives the file its name in place of the one that has it now, whose mode it takes over.
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
