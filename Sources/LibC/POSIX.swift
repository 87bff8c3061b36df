// Operations that are equal on all systems and need more than one call of the C library: clocks,
// signals, the limit of open files, threads.
//
// This file imports nothing, because Glibc.swift, Musl.swift or Darwin.swift exports the C library
// to the whole target.

extension timespec {
  /// The time as a number of nanoseconds; the greatest or the least number for a time that does not
  /// fit. A file can have any time, and that of 2262 is the last one that fits.
  var nanoseconds: Int64 {
    let (seconds, isTooLarge) = Int64(tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflows) = seconds.addingReportingOverflow(Int64(tv_nsec))
    if isTooLarge || overflows { return tv_sec < 0 ? .min : .max }
    return sum
  }
}

/// The time in nanoseconds since 1970 in UTC.
package func wallClockNanoseconds() -> Int64 { currentTime(of: CLOCK_REALTIME) }

/// The nanoseconds of a clock that is never set, for measuring durations.
package func monotonicNanoseconds() -> Int64 { currentTime(of: CLOCK_MONOTONIC) }

private func currentTime(of clock: clockid_t) -> Int64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return time.nanoseconds
}

/// Installs a signal handler. The signal interrupts waiting system calls, which then fail with
/// `EINTR`.
package func handleSignal(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
  var action = sigaction(calling: handler)
  sigaction(signal, &action, nil)
}

/// Unblocks a signal for the calling thread.
package func unblockSignal(_ signal: Int32) {
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, signal)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}

/// Raises the limit of open files to the greatest value that the system allows the process.
///
/// - Returns: The limit; nil if the system does not tell it.
package func raiseOpenFileLimit() -> Int? {
  var limit = rlimit()
  guard getrlimit(openFileResource, &limit) == 0 else { return nil }
  var raised = limit
  raised.rlim_cur = min(limit.rlim_max, greatestOpenFileLimit)
  if limit.rlim_cur < raised.rlim_cur, setrlimit(openFileResource, &raised) == 0 { limit = raised }
  return Int(clamping: limit.rlim_cur)
}

/// Starts a detached thread.
///
/// - Returns: False if the system cannot start a thread.
package func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  let box = Unmanaged.passRetained(ThreadBody(body))
  var thread = noThread
  let result = pthread_create(&thread, nil, { ThreadBody.run($0) }, box.toOpaque())
  if result != 0 { box.release() }
  return result == 0
}

/// The body of a new thread, as an object that can be passed to `pthread_create`.
private final class ThreadBody {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  static func run(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // A detached thread releases its memory when it ends. Otherwise another thread would have to join
    // it.
    pthread_detach(pthread_self())
    if let box { Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().body() }
    return nil
  }
}
