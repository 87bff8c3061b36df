#if canImport(Musl)

  // The C library musl: what it does otherwise than the other C libraries.

  // Why `@_exported` is used is told in Glibc.swift.
  @_exported public import Musl

  /// What a variable for a thread holds before `pthread_create` fills it.
  var noThread: pthread_t? { nil }

  /// The calling thread, as a number that an atomic can hold; never 0.
  package func currentThread() -> UInt { UInt(bitPattern: pthread_self()) }

  /// Sends a signal to a thread that must be alive, where it interrupts the call that waits.
  package func signalThread(_ thread: UInt, _ signal: Int32) {
    if let thread = pthread_t(bitPattern: thread) { pthread_kill(thread, signal) }
  }

  extension sigaction {
    /// An action that calls a function when the signal comes. It has no flags: without `SA_RESTART`,
    /// the signal interrupts system calls that wait.
    init(calling handler: @escaping @convention(c) (Int32) -> Void) {
      self.init()
      __sa_handler.sa_handler = handler
    }
  }

  /// What `getrlimit` and `setrlimit` call the number of open files.
  var openFileResource: Int32 { RLIMIT_NOFILE }

  /// The words of the command line; the first is the program, as it was called.
  ///
  /// Swift reads them from `/proc/self/cmdline`, and finds none where `/proc` is not there. musl tells
  /// them to nothing but `main`.
  package func programArguments() -> [String] { CommandLine.arguments }

  /// Nothing happens: `malloc` has no arenas here that can be counted.
  package func limitMallocArenas(to count: Int32) {}

#endif
