#if canImport(Musl)

  // What differs in the C library musl from other C libraries.

  // Glibc.swift explains why `@_exported` is used.
  @_exported public import Musl

  /// The value of a thread variable before `pthread_create` sets it.
  var noThread: pthread_t? { nil }

  /// The calling thread, as a number that an atomic variable can hold; never 0.
  package func currentThread() -> UInt { UInt(bitPattern: pthread_self()) }

  /// Sends a signal to a thread, where it interrupts a waiting system call. The thread must be
  /// alive.
  package func signalThread(_ thread: UInt, _ signal: Int32) {
    if let thread = pthread_t(bitPattern: thread) { pthread_kill(thread, signal) }
  }

  extension sigaction {
    /// An action that calls a function when the signal arrives. It has no flags: without
    /// `SA_RESTART`, the signal interrupts waiting system calls.
    init(calling handler: @escaping @convention(c) (Int32) -> Void) {
      self.init()
      __sa_handler.sa_handler = handler
    }
  }

  /// The resource of `getrlimit` and `setrlimit` for the number of open files.
  var openFileResource: Int32 { RLIMIT_NOFILE }

  /// The arguments of the command line. The first is the path by which the program was called.
  ///
  /// Swift reads the arguments from `/proc/self/cmdline`, and finds none if `/proc` is missing.
  /// musl passes them to `main` alone.
  package func programArguments() -> [String] { CommandLine.arguments }

  /// Does nothing, because `malloc` has no arenas with a configurable number.
  package func limitMallocArenas(to count: Int32) {}

#endif
