#if canImport(Glibc)

  // What differs in the C library glibc from other C libraries.

  // `@_exported` makes glibc available to all files of this target, and to every file that imports
  // LibC. The attribute is not an official part of Swift, so only Glibc.swift, Musl.swift and
  // Darwin.swift use it. Without it, each file that calls the C library would have to choose one of
  // the three modules itself.
  @_exported public import Glibc
  import Synchronization

  /// The value of a thread variable before `pthread_create` sets it.
  var noThread: pthread_t { 0 }

  /// The calling thread, as a number that an atomic variable can hold; never 0.
  package func currentThread() -> UInt { pthread_self() }

  /// Sends a signal to a thread, where it interrupts a waiting system call. The thread must be
  /// alive.
  package func signalThread(_ thread: UInt, _ signal: Int32) { pthread_kill(thread, signal) }

  extension sigaction {
    /// An action that calls a function when the signal arrives. It has no flags: without
    /// `SA_RESTART`, the signal interrupts waiting system calls.
    init(calling handler: @escaping @convention(c) (Int32) -> Void) {
      self.init()
      __sigaction_handler.sa_handler = handler
    }
  }

  /// The resource of `getrlimit` and `setrlimit` for the number of open files.
  var openFileResource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }

  /// The arguments of the command line. The first is the path by which the program was called.
  ///
  /// Swift reads the arguments from `/proc/self/cmdline`, and finds none if `/proc` is missing, as
  /// in some containers. Therefore they are taken from glibc.
  package func programArguments() -> [String] {
    guard let given = Texts(bitPattern: firstArgument.load(ordering: .relaxed)) else {
      return CommandLine.arguments
    }
    var all: [String] = []
    while let text = given[all.count] { all.append(String(cString: text)) }
    return all
  }

  /// An array of C strings, which ends with a null pointer.
  private typealias Texts = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  /// The address of the command-line arguments, as a number because pointers cannot be shared by
  /// threads; 0 until `keepArguments` has run.
  private let firstArgument = Atomic<UInt>(0)

  /// Stores the address of the command-line arguments.
  ///
  /// Before `main`, glibc calls the functions whose addresses are in the section `.init_array`,
  /// with the arguments of `main`.
  @section(".init_array") @used
  private let keepArguments: @convention(c) (Int32, Texts, Texts) -> Void = { _, texts, _ in
    firstArgument.store(UInt(bitPattern: texts), ordering: .relaxed)
  }

  /// Limits the number of arenas of `malloc`. An arena is a part of memory that threads share, and
  /// keeps what was freed in it.
  ///
  /// Swift's module of glibc lacks `malloc.h`, so the function is found by its name.
  package func limitMallocArenas(to count: Int32) {
    typealias Function = @convention(c) (_ parameter: Int32, _ value: Int32) -> Int32
    guard let address = dlsym(nil, "mallopt") else { return }
    _ = unsafeBitCast(address, to: Function.self)(maximumOfArenas, count)
  }

  /// The value of `M_ARENA_MAX` in `malloc.h`.
  private let maximumOfArenas: Int32 = -8

#endif
