import LibC
import Synchronization

/// SIGTERM as an event: it wakes a waiting `Input` and sees to it that no `Output` waits for long.
package enum Termination {
  /// From now on SIGTERM is an event, and writing to a closed pipe an error instead of a signal.
  package static func install() {
    // The handlers must find these made: to make them is nothing that a handler may do.
    _ = (wakePipe, wasRequested.load(ordering: .relaxed))
    _ = (outputWriter.load(ordering: .relaxed), errorWriter.load(ordering: .relaxed))
    signal(SIGPIPE, SIG_IGN)
    handleSignal(SIGTERM) { _ in
      let code = errno
      wasRequested.store(true, ordering: .sequentiallyConsistent)
      wakePipe.wake()
      Termination.interruptWriters()
      errno = code
    }
    handleSignal(SIGALRM) { _ in
      let code = errno
      Termination.interruptWriters()
      errno = code
    }
    // The parent may have started this process with both held back: threads of some runtimes hold
    // back all signals, and a child inherits that.
    for signal in [SIGTERM, SIGALRM] { unblockSignal(signal) }
  }

  /// Ends the process here and now, with this status, whatever other threads are doing.
  package static func exit(_ status: Int32) -> Never { _exit(status) }

  /// Whether SIGTERM has come.
  package static var isRequested: Bool { wasRequested.load(ordering: .sequentiallyConsistent) }

  /// Makes a call that may wait for long for who reads a stream; SIGTERM interrupts it, whichever
  /// thread that came to. Only one thread at a time may make such a call for one stream.
  ///
  /// - Parameter descriptor: Of standard output or standard error.
  static func interruptible<Result>(_ descriptor: Int32, _ call: () -> Result) -> Result {
    unblockSignal(SIGALRM)  // A thread inherits what the thread that made it holds back.
    note(currentThread(), descriptor)
    defer { note(0, descriptor) }
    return call()
  }

  private static func note(_ thread: UInt, _ descriptor: Int32) {
    if descriptor == STDERR_FILENO {
      errorWriter.store(thread, ordering: .sequentiallyConsistent)
    } else {
      outputWriter.store(thread, ordering: .sequentiallyConsistent)
    }
  }

  /// Runs in signal handlers, and again each second: the thread may have looked at the flag just
  /// before it was set, and begun to wait just after it was interrupted.
  private static func interruptWriters() {
    interrupt(outputWriter.load(ordering: .sequentiallyConsistent))
    interrupt(errorWriter.load(ordering: .sequentiallyConsistent))
    alarm(1)
  }

  private static func interrupt(_ thread: UInt) {
    if thread != 0, thread != currentThread() { signalThread(thread, SIGALRM) }
  }
}

private let wasRequested = Atomic<Bool>(false)
/// The thread that writes to standard output; 0 while none does.
private let outputWriter = Atomic<UInt>(0)
/// The thread that writes to standard error; 0 while none does.
private let errorWriter = Atomic<UInt>(0)

/// What wakes a thread that waits for input; the one pipe of the process.
let wakePipe = WakePipe()

/// A pipe of which only matters whether there is something in it.
struct WakePipe: Sendable {
  let readEnd: Int32
  private let writeEnd: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  /// May be called in a signal handler. A full pipe will wake too.
  func wake() {
    var byte: UInt8 = 0
    _ = write(writeEnd, &byte, 1)
  }

  func drain() {
    var bytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    while read(readEnd, &bytes, MemoryLayout.size(ofValue: bytes)) > 0 {}
  }
}
