// What all systems do alike, but takes more than one call of the C library: clocks, signals, the limit
// of open files, threads.
//
// This file imports nothing: Glibc.swift, Musl.swift or Darwin.swift exports the C library to the whole
// target.

extension timespec {
  /// The time as a number of nanoseconds.
  var nanoseconds: Int64 { Int64(tv_sec) * 1_000_000_000 + Int64(tv_nsec) }
}

/// Nanoseconds since 1970 in UTC.
package func wallClockNanoseconds() -> Int64 { currentTime(of: CLOCK_REALTIME) }

/// Nanoseconds of a clock that is never set, for measuring how long something takes.
package func monotonicNanoseconds() -> Int64 { currentTime(of: CLOCK_MONOTONIC) }

private func currentTime(of clock: clockid_t) -> Int64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return time.nanoseconds
}

/// Calls a function whenever a signal comes. The signal interrupts system calls that wait, which then
/// fail with `EINTR`.
package func handleSignal(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
  var action = sigaction(calling: handler)
  sigaction(signal, &action, nil)
}

/// Lets a signal through to the calling thread.
package func unblockSignal(_ signal: Int32) {
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, signal)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}

/// Lets the process have `count` files open, as far as the system allows; never lowers the limit.
package func raiseOpenFileLimit(_ count: Int) {
  var limit = rlimit()
  guard getrlimit(openFileResource, &limit) == 0 else { return }
  let wanted = min(rlim_t(count), limit.rlim_max)
  guard limit.rlim_cur < wanted else { return }
  limit.rlim_cur = wanted
  setrlimit(openFileResource, &limit)
}

/// Starts a thread that nobody waits for; false where the system has none to give.
package func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  let box = Unmanaged.passRetained(ThreadBody(body))
  var thread = noThread
  let result = pthread_create(&thread, nil, { ThreadBody.run($0) }, box.toOpaque())
  if result != 0 { box.release() }
  return result == 0
}

/// What a new thread is to do, as an object that the system's thread function can be handed.
private final class ThreadBody {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  static func run(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // Nobody waits for the thread, so the system is to take its memory back when it ends.
    pthread_detach(pthread_self())
    if let box { Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().body() }
    return nil
  }
}
