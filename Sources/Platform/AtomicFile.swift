import LibC

/// A new file that appears under its name completely or not at all.
///
///     let file = try AtomicFile(path)
///     try file.write(text.span.bytes)
///     try file.publish(log)
///
/// Until `publish` or `replace`, the file has no name, or a hidden one where the file system does not
/// allow that (`HiddenFile`). Without either call it is removed.
package struct AtomicFile: ~Copyable {
  private let path: String
  private let descriptor: Int32
  /// The hidden name, as long as the file has one.
  private var hiddenPath: String?

  /// Creates the file with mode 0600, and its folder with mode 0700 if that is missing. What killed
  /// processes have left in the folder is removed.
  package init(_ path: String) throws(SystemError) {
    let folder = Path.directory(of: path)
    try Directory.create(folder)
    HiddenFile.removeLeftovers(in: folder)
    let (descriptor, hiddenPath) = try Self.open(for: path, in: folder)
    self.path = path
    self.descriptor = descriptor
    self.hiddenPath = hiddenPath
  }

  /// Opens a file without a name that can get one, or a file with a hidden name if the system does
  /// not allow that.
  private static func open(
    for path: String, in folder: String
  ) throws(SystemError) -> (descriptor: Int32, hiddenPath: String?) {
    if let descriptor = openNameless(in: folder) {
      if canNameFile(descriptor) { return (descriptor, nil) }
      close(descriptor)
    }
    let (descriptor, hiddenPath) = try HiddenFile.create(for: path)
    return (descriptor, hiddenPath)
  }

  deinit {
    if let hiddenPath { unlink(hiddenPath) }
    close(descriptor)
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

  /// Gives the file its name, and waits until the disk has both. Once the file has its name, an
  /// error is only logged, because the change is made.
  ///
  /// - Throws: An error whose `isExisting` is true if the name is taken. Nothing was changed then.
  package consuming func publish(_ log: Log) throws(SystemError) {
    try sync()
    if let hidden = hiddenPath {
      try FileMove(from: hidden, to: path).perform()
      hiddenPath = nil
    } else {
      guard retryingInterrupts({ nameFile(descriptor, path) }) == 0 else {
        throw SystemError("create", path)
      }
    }
    Directory.sync(Path.directory(of: path), log)
  }

  /// Replaces the file that has the name now, takes over its mode, and waits until the disk has
  /// both. Once the file has its name, an error is only logged, because the change is made.
  ///
  /// - Parameter prepare: Called when the new file is on the disk and about to replace the old one,
  ///   to write what was added to the old one in the meantime.
  package consuming func replace(
    _ log: Log, _ prepare: (borrowing AtomicFile) throws(SystemError) -> Void = { _ in }
  ) throws(SystemError) {
    let permissions = try FileStatus(path: path).permissions
    guard fchmod(descriptor, mode_t(permissions)) == 0 else { throw SystemError("replace", path) }
    try sync()
    try prepare(self)
    let hidden = try hiddenName()
    guard rename(hidden, path) == 0 else { throw SystemError("replace", path) }
    hiddenPath = nil
    Directory.sync(Path.directory(of: path), log)
  }

  /// The hidden name, which a file without a name gets now: only a name can replace another one.
  private mutating func hiddenName() throws(SystemError) -> String {
    if let hiddenPath { return hiddenPath }
    let hidden = try HiddenFile.name(descriptor, for: path)
    hiddenPath = hidden
    return hidden
  }

  /// Waits until the disk has the content.
  package func sync() throws(SystemError) {
    guard fsync(descriptor) == 0 else { throw SystemError("sync", path) }
  }
}
