import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// SIGTERM as an event: it wakes a waiting `Input` and sees to it that no `Output` waits for long.
///
/// A signal interrupts the thread that it is delivered to, and the system prefers the main thread:
/// that one should do the reading and the writing.
package enum Termination {
  /// From now on SIGTERM is an event, and writing to a closed pipe an error instead of a signal.
  package static func install() {
    // A handler must find both made: making them is nothing that it may do.
    _ = wakePipe
    _ = wasRequested.load(ordering: .relaxed)
    signal(SIGPIPE, SIG_IGN)
    setSignalHandler(SIGTERM) { _ in
      let code = errno
      wasRequested.store(true, ordering: .relaxed)
      wakePipe.wake()
      alarm(1)
      errno = code
    }
    // A write that began just before the flag was set is interrupted by this, to look at the flag.
    setSignalHandler(SIGALRM) { _ in _ = alarm(1) }
  }

  /// Whether SIGTERM has come.
  package static var isRequested: Bool { wasRequested.load(ordering: .relaxed) }
}

private let wasRequested = Atomic<Bool>(false)

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
