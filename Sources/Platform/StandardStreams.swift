import LibC
import Synchronization

/// The streams that a process starts with, unless its parent closed them.
package enum StandardStreams {
  /// Gives each stream that the parent closed a number of its own, so that no file or pipe of ours
  /// gets it and is read or written in its place.
  ///
  /// Such an input has ended, and such an output fails with `EBADF`. Call this before anything is
  /// opened.
  package static func reserve() {
    for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 {
      // It gets the lowest free number, which is this one. The wrong mode makes every use fail.
      _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}

/// A stream that is read while other threads, and SIGTERM, can interrupt the waiting.
package struct Input: Sendable {
  /// What the waiting ended with.
  package enum Event: Equatable, Sendable {
    /// So many bytes are in the buffer, at least one.
    case bytes(Int)
    /// Nothing will come any more.
    case end
    /// Another thread called `wake`.
    case woken
    /// SIGTERM has come; every later call says so again.
    case terminated
  }

  package static let standard = Input(descriptor: STDIN_FILENO, name: "standard input")

  let descriptor: Int32
  let name: String

  /// Waits for the first of the events; reads over the start of the buffer, never beyond its end.
  ///
  /// Of several at once, termination comes before waking, and waking before bytes.
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

  /// Waits for `wake`, or SIGTERM, without reading.
  ///
  /// - Parameter milliseconds: How long to wait; nil for ever.
  /// - Returns: Whether `wake` was called, or SIGTERM has come.
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

  /// Makes the thread that waits for input return from it, or the next one that would wait.
  package static func wake() { wakePipe.wake() }
}

/// A stream that is written message by message. Standard output is written by one thread at a time,
/// which whoever writes has to see to; standard error by any.
package struct Output: Sendable {
  package static let standard = Output(descriptor: STDOUT_FILENO, name: "standard output")
  package static let standardError = Output(descriptor: STDERR_FILENO, name: "standard error")

  let descriptor: Int32
  let name: String

  /// Writes all bytes, in one system call where the system takes them at once.
  ///
  /// Waits for a slow reader for ever, but after SIGTERM a second only: then it throws `ETIMEDOUT`.
  /// A reader that is gone: `EPIPE`, once `Termination` is installed. No error can be mended.
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

  /// How many bytes went out; 0 where it is worth trying again.
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

  /// POSIX: a pipe that polls as writable takes at least this many bytes without waiting.
  private static let neverBlocks = 512
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

/// One `read`: how many bytes it gave, or -1. Out here, where `read` is the system's.
private func readBytes(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
  buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
}
