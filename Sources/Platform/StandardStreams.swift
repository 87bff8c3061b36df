import LibC
import Synchronization

/// The three standard streams, which a parent process may have closed.
package enum StandardStreams {
  /// Opens a replacement for each standard stream that the parent closed, so that no other file or
  /// pipe gets the number of that stream.
  ///
  /// A replaced input has ended, and a replaced output fails with `EBADF`. This must be called
  /// before anything else is opened.
  package static func reserve() {
    for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 {
      // The file gets the lowest free number, which is that of the stream. Its mode makes every use
      // fail.
      _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}

/// An input stream. Other threads and SIGTERM can interrupt the waiting for input.
package struct Input: Sendable {
  /// The event that ended the waiting.
  package enum Event: Equatable, Sendable {
    /// Bytes were read; at least one. The number says how many are in the buffer.
    case bytes(Int)
    /// The input has ended.
    case end
    /// Another thread called `wake`.
    case woken
    /// SIGTERM has arrived. Every later call returns this event too.
    case terminated
  }

  /// Standard input.
  package static let standard = Input(descriptor: STDIN_FILENO, name: "standard input")

  let descriptor: Int32
  let name: String

  /// Waits for an event. Bytes are written to the start of the buffer, as many as it holds at most.
  ///
  /// If several events are there, termination comes before waking, and waking before bytes.
  package func read(into buffer: inout [UInt8]) throws(SystemError) -> Event {
    while true {
      if Termination.isRequested { return .terminated }
      var waits = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wakePipe.readEnd, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&waits, 2, -1) >= 0 else {
        if errno == EINTR { continue }
        throw SystemError("wait for", name)
      }
      if waits[1].revents != 0 {
        wakePipe.drain()
        return Termination.isRequested ? .terminated : .woken
      }
      let count = readBytes(descriptor, &buffer)
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      guard errno == EINTR || errno == EAGAIN else { throw SystemError("read", name) }
    }
  }

  /// Waits for `wake` or SIGTERM, without reading.
  ///
  /// - Parameter milliseconds: The longest time to wait; nil for no limit.
  /// - Returns: Whether `wake` was called or SIGTERM has arrived.
  package static func waitUntilWoken(milliseconds: Int? = nil) -> Bool {
    var wait = pollfd(fd: wakePipe.readEnd, events: Int16(POLLIN), revents: 0)
    let timeout = Int32(clamping: milliseconds ?? -1)
    while true {
      let ready = poll(&wait, 1, timeout)
      if ready < 0, errno == EINTR { continue }
      if ready > 0 { wakePipe.drain() }
      return ready > 0
    }
  }

  /// Wakes the thread that waits for input. If no thread waits, the next call that would wait
  /// returns at once.
  package static func wake() { wakePipe.wake() }
}

/// An output stream. Only one thread at a time may write to standard output; the caller has to
/// ensure that. Any thread may write to standard error.
package struct Output: Sendable {
  /// Standard output.
  package static let standard = Output(descriptor: STDOUT_FILENO, name: "standard output")
  /// Standard error.
  package static let standardError = Output(descriptor: STDERR_FILENO, name: "standard error")

  let descriptor: Int32
  let name: String

  /// Writes all bytes, in one system call if the system accepts them at once. The caller cannot
  /// recover from an error.
  ///
  /// - Throws: `EPIPE` if the reader has closed its end and `Termination` is installed, `ETIMEDOUT`
  ///   if the reader does not read for a second after SIGTERM. Before SIGTERM, a slow reader is
  ///   waited for without limit.
  package func write(_ bytes: RawSpan) throws(SystemError) {
    guard descriptor == STDERR_FILENO else { return try writeAll(bytes) }
    try errorTurn.withLock { (_) throws(SystemError) in try writeAll(bytes) }
  }

  private func writeAll(_ bytes: RawSpan) throws(SystemError) {
    var written = 0
    while written < bytes.byteCount {
      written += try writeOnce(bytes.extracting(written...))
    }
  }

  /// Writes some of the bytes.
  ///
  /// - Returns: The number of bytes that were written; 0 if the call has to be repeated.
  private func writeOnce(_ bytes: RawSpan) throws(SystemError) -> Int {
    var limit = bytes.byteCount
    if Termination.isRequested {
      try waitUntilWritable()
      limit = min(limit, Self.neverBlocks)
    }
    let count = Termination.interruptible(descriptor) {
      writeBytes(descriptor, bytes.extracting(first: limit))
    }
    if count >= 0 { return count }
    if errno == EAGAIN {
      try waitUntilWritable()
    } else if errno != EINTR {
      throw SystemError("write", name)
    }
    return 0
  }

  /// The number of bytes that a pipe accepts without waiting after `poll` has reported it as
  /// writable, according to POSIX.
  private static let neverBlocks = 512
  /// How long a slow reader is waited for after SIGTERM, in milliseconds.
  private static let terminationTimeout: Int64 = 1000

  private func waitUntilWritable() throws(SystemError) {
    let deadline = Termination.isRequested ? monotonicMilliseconds() + Self.terminationTimeout : nil
    while true {
      let timeout = deadline.map { max(0, $0 - monotonicMilliseconds()) } ?? -1
      var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      let ready = Termination.interruptible(descriptor) {
        poll(&wait, 1, Int32(timeout))
      }
      if ready > 0 { return }
      if ready == 0 { throw SystemError(operation: "write", path: name, code: ETIMEDOUT) }
      guard errno == EINTR else { throw SystemError("wait for", name) }
      if deadline == nil { return }  // The signal may have been SIGTERM.
    }
  }
}

/// Locked by the thread that writes to standard error.
private let errorTurn = Mutex(())

/// Calls `read` once. It is a global function because `read` in `Input` is the method.
///
/// - Returns: The number of bytes that were read, or -1.
private func readBytes(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
  buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
}
