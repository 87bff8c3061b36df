import LibC

/// An open regular file; closed when the last reference to it goes.
package final class File: Sendable {
  /// What a file is opened for.
  package enum Purpose: Sendable {
    case reading
    /// Reading anywhere, and writing at the end, wherever that is by then.
    case appending
    /// The same; a file that is missing is made, with mode 0600.
    case appendingOrCreating

    var flags: Int32 {
      switch self {
      case .reading: O_RDONLY
      case .appending: O_RDWR | O_APPEND
      case .appendingOrCreating: O_RDWR | O_APPEND | O_CREAT
      }
    }
  }

  package let path: String
  let descriptor: Int32
  /// The status of a small file as it was when it was opened.
  private let loadedStatus: FileStatus?
  /// Where its content as it was then stands in memory: a number, since threads share no pointers.
  /// Nobody writes there.
  private let loadedAddress: UInt

  /// Opens what `path` names, following symbolic links, without ever waiting for it.
  ///
  /// A folder fails with `EISDIR`, a pipe, socket or device with `ENXIO`.
  package convenience init(_ path: String, for purpose: Purpose) throws(SystemError) {
    let (descriptor, _) = try Self.open(path, for: purpose)
    self.init(descriptor: descriptor, path: path)
  }

  /// Opens what `path` names for reading and, if it has no more than `limit` bytes, reads it at once:
  /// then all that is asked for later is answered from memory, as it was now, and nothing stays open.
  package convenience init(loading path: String, upTo limit: Int) throws(SystemError) {
    let (descriptor, status) = try Self.open(path, for: .reading)
    if status.size <= limit, let bytes = Self.load(status.size, of: descriptor) {
      close(descriptor)
      self.init(descriptor: -1, path: path, loaded: (status, bytes))
    } else {
      self.init(descriptor: descriptor, path: path)
    }
  }

  /// The content of a small file as it was when it was opened, for as long as this object is there;
  /// nil for one that is read when it is asked for.
  package var loadedBytes: UnsafeRawBufferPointer? {
    loadedStatus.map { status in
      UnsafeRawBufferPointer(
        start: UnsafeRawPointer(bitPattern: loadedAddress), count: status.size)
    }
  }

  /// One `pread` of the first bytes; nil for one that shrinks or cannot be read, which is not to be
  /// taken for an empty one.
  private static func load(_ size: Int, of descriptor: Int32) -> UnsafeRawBufferPointer? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    let count = retryingInterrupts { pread(descriptor, buffer.baseAddress, size, 0) }
    if count == size { return UnsafeRawBufferPointer(buffer) }
    buffer.deallocate()
    return nil
  }

  init(
    descriptor: Int32, path: String,
    loaded: (status: FileStatus, bytes: UnsafeRawBufferPointer)? = nil
  ) {
    self.descriptor = descriptor
    self.path = path
    loadedStatus = loaded?.status
    loadedAddress = UInt(bitPattern: loaded?.bytes.baseAddress)
  }

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
    let descriptor = retryingInterrupts { LibC.open(path, flags, 0o600) }
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

  /// The status of this very file, which `path` may have stopped naming.
  package func status() throws(SystemError) -> FileStatus {
    if let loadedStatus { return loadedStatus }
    return try FileStatus(descriptor: descriptor, path: path)
  }

  /// Whether `path` stands for this very file, and not for another one or none.
  package func isNamed(_ path: String) throws(SystemError) -> Bool {
    do throws(SystemError) {
      return try FileStatus(path: path).isSameFile(as: status())
    } catch {
      guard error.isNotFound else { throw error }
      return false
    }
  }

  /// Reads bytes from `offset` on and returns how many; 0 only at the end of the file.
  package func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    if let loadedBytes { return copy(loadedBytes, from: offset, to: buffer) }
    DiskAccess.begin(path)
    let count = retryingInterrupts {
      pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
    }
    guard count >= 0 else { throw SystemError("read", path) }
    return count
  }

  private func copy(
    _ bytes: UnsafeRawBufferPointer, from offset: Int, to buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    let count = min(max(bytes.count - offset, 0), buffer.count)
    if count > 0 { buffer.copyMemory(from: .init(rebasing: bytes[offset...].prefix(count))) }
    return count
  }

  /// Everything in a small file. More than `limit` bytes fail with `EFBIG`.
  package func readAll(limit: Int) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    // What the system makes up while it is read has no size.
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

  /// Hands the bytes of a range to `body`, part by part; what lies beyond the end is not there.
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

  /// Writes all bytes at the end. An error may leave some of them there: see `truncate`.
  package func append(_ bytes: RawSpan) throws(SystemError) {
    try writeAll(bytes, to: descriptor, path: path)
  }

  /// Cuts the file after `size` bytes.
  package func truncate(to size: Int) throws(SystemError) {
    let result = retryingInterrupts { ftruncate(descriptor, off_t(size)) }
    guard result == 0 else { throw SystemError("truncate", path) }
  }
}

extension File {
  /// The status of what `path` names and its last bytes, at most `count`, in as few calls as there
  /// can be; fewer where it was cut meanwhile.
  package static func end(
    of path: String, count: Int
  ) throws(SystemError) -> (status: FileStatus, bytes: [UInt8]) {
    let (descriptor, status) = try open(path, for: .reading)
    defer { close(descriptor) }
    let wanted = max(status.size - count, 0)..<status.size
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted.count) { buffer, count in
      let read = retryingInterrupts {
        pread(descriptor, buffer.baseAddress, buffer.count, off_t(wanted.lowerBound))
      }
      count = max(read, 0)
    }
    return (status, bytes)
  }
}

/// Writes every byte, in as few calls as the system takes.
func writeAll(_ bytes: RawSpan, to descriptor: Int32, path: String) throws(SystemError) {
  DiskAccess.begin(path)
  var written = 0
  while written < bytes.byteCount {
    let count = retryingInterrupts { writeBytes(descriptor, bytes.extracting(written...)) }
    guard count >= 0 else { throw SystemError("write", path) }
    written += count
  }
}

/// One `write`: how many bytes it took, or -1.
func writeBytes(_ descriptor: Int32, _ bytes: RawSpan) -> Int {
  bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
}
