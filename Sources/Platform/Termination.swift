import LibC
import Synchronization

/// Handling of SIGTERM: the signal wakes a waiting `Input`, and ends the waiting of an `Output`
/// after a second.
package enum Termination {
  /// Installs the signal handlers. From now on SIGTERM does not end the process. Writing to a closed
  /// pipe, and writing beyond the size that files may have for this process, are errors instead of
  /// signals.
  ///
  /// - Throws: The error of the system if it has no pipe for this process, without which the process
  ///   could not be woken.
  package static func install() throws(SystemError) {
    // The global variables are initialized here, because a signal handler must not do that.
    let pipe = wakePipe
    _ = wasRequested.load(ordering: .relaxed)
    _ = (outputWriter.load(ordering: .relaxed), errorWriter.load(ordering: .relaxed))
    if let failure = pipe.failure { throw failure }
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
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
    // The parent may have started this process with both signals blocked: threads of some runtimes
    // block all signals, and a child process inherits that.
    for signal in [SIGTERM, SIGALRM] { unblockSignal(signal) }
  }

  /// Ends the process at once with an exit status, whatever other threads are doing.
  package static func exit(_ status: Int32) -> Never { _exit(status) }

  /// Whether SIGTERM has arrived.
  package static var isRequested: Bool { wasRequested.load(ordering: .sequentiallyConsistent) }

  /// Makes a system call that may wait for the reader of a stream. SIGTERM interrupts the call,
  /// even if another thread received the signal. Only one thread at a time may make such a call for
  /// one stream.
  ///
  /// - Parameter descriptor: The descriptor of standard output or standard error.
  static func interruptible<Result>(_ descriptor: Int32, _ call: () -> Result) -> Result {
    unblockSignal(SIGALRM)  // Blocked signals are inherited from the parent thread.
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

  /// Interrupts the writing threads. Called in signal handlers and again every second, because a
  /// thread may have checked the flag just before it was set, and have begun to wait after it was
  /// interrupted.
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
/// The thread that writes to standard output; 0 if there is none.
private let outputWriter = Atomic<UInt>(0)
/// The thread that writes to standard error; 0 if there is none.
private let errorWriter = Atomic<UInt>(0)

/// The pipe that wakes a thread that waits for input. The process has only this one.
let wakePipe = WakePipe()

/// A pipe that is used as a flag: it is set while the pipe contains a byte.
struct WakePipe: Sendable {
  let readEnd: Int32
  private let writeEnd: Int32
  /// The error of the system if it could not create the pipe; nil if there is one.
  let failure: SystemError?

  init() {
    var ends: [Int32] = [-1, -1]
    failure = pipe(&ends) == 0 ? nil : SystemError("create", "a pipe")
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  /// Sets the flag. This may be called in a signal handler. If the pipe is full, the flag is set
  /// already.
  func wake() {
    var byte: UInt8 = 0
    _ = retryingInterrupts { write(writeEnd, &byte, 1) }
  }

  /// Clears the flag.
  func drain() {
    var bytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let count = MemoryLayout.size(ofValue: bytes)
    while retryingInterrupts({ read(readEnd, &bytes, count) }) > 0 {}
  }
}
