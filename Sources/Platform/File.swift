import LibC

/// An open regular file. It is closed with the last reference to it.
package final class File: Sendable {
  /// The purpose for which a file is opened.
  package enum Purpose: Sendable {
    /// Reading at any offset.
    case reading
    /// Reading at any offset, and writing at the end of the file as it is at the time of the write.
    case appending
    /// Like `appending`; a missing file is created with mode 0600.
    case appendingOrCreating

    var flags: Int32 {
      switch self {
      case .reading: O_RDONLY
      case .appending: O_RDWR | O_APPEND
      case .appendingOrCreating: O_RDWR | O_APPEND | O_CREAT
      }
    }
  }

  /// The path by which the file was opened.
  package let path: String
  let descriptor: Int32
  /// The status of a file that was read into memory, from the time when it was opened; nil for
  /// other files.
  private let loadedStatus: FileStatus?
  /// The address of the content in memory, as a number because pointers cannot be shared by
  /// threads; 0 for a file that is not in memory. The memory is never written to.
  private let loadedAddress: UInt
  /// The status of a file that is opened again for each read; nil for other files.
  private let releasedStatus: FileStatus?

  /// Opens a regular file without ever waiting for it. Symbolic links are followed.
  ///
  /// - Throws: `EISDIR` for a folder, `ENXIO` for a pipe, socket or device.
  package convenience init(_ path: String, for purpose: Purpose) throws(SystemError) {
    let (descriptor, _) = try Self.open(path, for: purpose)
    self.init(descriptor: descriptor, path: path)
  }

  /// Opens a regular file for reading. A file of no more than `limit` bytes is read into memory and
  /// closed; later reads and `status` give its state at this time.
  package convenience init(loading path: String, upTo limit: Int) throws(SystemError) {
    let (descriptor, status) = try Self.open(path, for: .reading)
    if status.size <= limit, let bytes = Self.load(status.size, of: descriptor) {
      close(descriptor)
      self.init(descriptor: -1, path: path, loaded: (status, bytes))
    } else {
      self.init(descriptor: descriptor, path: path)
    }
  }

  /// The folder of a temporary file without a name (`scratch`); nil for other files.
  package let scratchFolder: String?

  /// Creates a file in memory that stands for one on the disk but has another content.
  ///
  /// - Parameters:
  ///   - parts: The parts of the content.
  ///   - path: The path of the file on the disk.
  ///   - status: The status of the file on the disk. `status()` gives it with the size of the content.
  package convenience init(
    holding parts: [ArraySlice<UInt8>], at path: String, _ status: FileStatus
  ) {
    let size = parts.reduce(0) { $0 + $1.count }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    var start = 0
    for part in parts {
      UnsafeMutableRawBufferPointer(rebasing: buffer[start...]).copyBytes(from: part)
      start += part.count
    }
    let status = status.resized(to: size)
    self.init(descriptor: -1, path: path, loaded: (status, UnsafeRawBufferPointer(buffer)))
  }

  /// The content of a file that was read into memory, valid as long as this object; nil for a file
  /// that is read on demand.
  package var loadedBytes: UnsafeRawBufferPointer? {
    loadedStatus.map { status in
      UnsafeRawBufferPointer(
        start: UnsafeRawPointer(bitPattern: loadedAddress), count: status.size)
    }
  }

  /// Reads a whole file with one `pread`; nil if the file is shorter or cannot be read.
  private static func load(_ size: Int, of descriptor: Int32) -> UnsafeRawBufferPointer? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    let count = retryingInterrupts { pread(descriptor, buffer.baseAddress, size, 0) }
    if count == size { return UnsafeRawBufferPointer(buffer) }
    buffer.deallocate()
    return nil
  }

  init(
    descriptor: Int32, path: String, scratchFolder: String? = nil,
    loaded: (status: FileStatus, bytes: UnsafeRawBufferPointer)? = nil
  ) {
    self.descriptor = descriptor
    self.path = path
    self.scratchFolder = scratchFolder
    loadedStatus = loaded?.status
    loadedAddress = UInt(bitPattern: loaded?.bytes.baseAddress)
    releasedStatus = nil
  }

  private init(released path: String, _ status: FileStatus) {
    self.path = path
    descriptor = -1
    loadedStatus = nil
    loadedAddress = 0
    scratchFolder = nil
    releasedStatus = status
  }

  /// The same file, opened again for each read, so that it takes neither a descriptor nor memory. A
  /// read fails with `ESTALE` if the path then leads to another file.
  ///
  /// - Parameter status: The status of the file, which `status` gives later.
  package func released(_ status: FileStatus) -> File { File(released: path, status) }

  deinit {
    loadedBytes?.deallocate()
    if descriptor >= 0 { close(descriptor) }
  }

  private static func open(
    _ path: String, for purpose: Purpose
  ) throws(SystemError) -> (Int32, FileStatus) {
    DiskAccess.begin(path)
    try checkName(path, "open")
    // O_NONBLOCK: to open a pipe would otherwise wait for its other end.
    let flags = purpose.flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let descriptor = Platform.open(path, flags, 0o600)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    do throws(SystemError) {
      let status = try FileStatus(descriptor: descriptor, path: path)
      let code: Int32? =
        switch status.kind {
        case .regular: nil
        case .directory: EISDIR
        case .symlink, .other: ENXIO
        }
      if let code { throw SystemError(operation: "open", path: path, code: code) }
      return (descriptor, status)
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// The status of the open file, even if `path` now leads to another one.
  package func status() throws(SystemError) -> FileStatus {
    if let status = loadedStatus ?? releasedStatus { return status }
    return try FileStatus(descriptor: descriptor, path: path)
  }

  /// Whether a path leads to this file, and not to another one or none.
  package func isNamed(_ path: String) throws(SystemError) -> Bool {
    do throws(SystemError) {
      return try FileStatus(path: path).isSameFile(as: status())
    } catch {
      guard error.isNotFound else { throw error }
      return false
    }
  }

  /// Reads bytes from `offset` on.
  ///
  /// - Returns: The number of bytes that were read; 0 only at the end of the file.
  package func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    if let loadedBytes { return copy(loadedBytes, from: offset, to: buffer) }
    DiskAccess.begin(path)
    if let releasedStatus { return try reopened(releasedStatus).read(at: offset, into: buffer) }
    let count = retryingInterrupts(at: path) {
      pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
    }
    guard count >= 0 else { throw SystemError("read", path) }
    return count
  }

  /// The file, opened once more.
  private func reopened(_ status: FileStatus) throws(SystemError) -> File {
    let file = try File(path, for: .reading)
    guard try file.status().isSameFile(as: status) else {
      throw SystemError(operation: "read", path: path, code: ESTALE)
    }
    return file
  }

  private func copy(
    _ bytes: UnsafeRawBufferPointer, from offset: Int, to buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    let count = min(max(bytes.count - offset, 0), buffer.count)
    if count > 0 { buffer.copyMemory(from: .init(rebasing: bytes[offset...].prefix(count))) }
    return count
  }

  /// The content of a small file. A file of more than `limit` bytes fails with `EFBIG`.
  package func readAll(limit: Int) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    // Files that the system generates, such as those in `/proc`, have no size.
    var chunk = [UInt8](repeating: 0, count: min(max(try status().size, 4095), limit) + 1)
    while true {
      let count = try chunk.withUnsafeMutableBufferPointer { (buffer) throws(SystemError) in
        try read(at: bytes.count, into: UnsafeMutableRawBufferPointer(buffer))
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      if bytes.count > limit { throw SystemError(operation: "read", path: path, code: EFBIG) }
    }
  }

  /// Calls `body` with the bytes of a range, piece by piece. The range may extend beyond the end of
  /// the file.
  package func forEachChunk(
    in range: Range<Int>, _ body: (RawSpan) throws(SystemError) -> Void
  ) throws(SystemError) {
    var chunk = [UInt8](repeating: 0, count: min(range.count, 256 * 1024))
    var offset = range.lowerBound
    while offset < range.upperBound {
      let count = try chunk.withUnsafeMutableBufferPointer { (buffer) throws(SystemError) in
        try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
      }
      if count == 0 { return }
      let wanted = min(count, range.upperBound - offset)
      try body(chunk.span.bytes.extracting(..<wanted))
      offset += wanted
    }
  }

  /// Writes all bytes at the end of the file. After an error, some of them may be there: see
  /// `truncate`.
  package func append(_ bytes: RawSpan) throws(SystemError) {
    try writeAll(bytes, to: descriptor, path: path)
  }

  /// Shortens the file to `size` bytes.
  package func truncate(to size: Int) throws(SystemError) {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw SystemError("truncate", path) }
  }
}

extension File {
  /// The status and the last bytes of a file, with as few system calls as possible. There are at
  /// most `count` bytes, and fewer if the file is shortened meanwhile.
  package static func end(
    of path: String, count: Int
  ) throws(SystemError) -> (status: FileStatus, bytes: [UInt8]) {
    let (descriptor, status) = try open(path, for: .reading)
    defer { close(descriptor) }
    let wanted = max(status.size - count, 0)..<status.size
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted.count) { buffer, count in
      let read = retryingInterrupts(at: path) {
        pread(descriptor, buffer.baseAddress, buffer.count, off_t(wanted.lowerBound))
      }
      count = max(read, 0)
    }
    return (status, bytes)
  }
}

/// Writes all bytes, with as few calls as possible.
func writeAll(_ bytes: RawSpan, to descriptor: Int32, path: String) throws(SystemError) {
  DiskAccess.begin(path)
  var written = 0
  while written < bytes.byteCount {
    let count = retryingInterrupts(at: path) {
      writeBytes(descriptor, bytes.extracting(written...))
    }
    guard count >= 0 else { throw SystemError("write", path) }
    written += count
  }
}

/// Calls `write` once.
///
/// - Returns: The number of bytes that were written, or -1.
func writeBytes(_ descriptor: Int32, _ bytes: RawSpan) -> Int {
  bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
}
