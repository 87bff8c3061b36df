#if canImport(Glibc)

  // The C library glibc: what it does otherwise than the other C libraries.

  // `@_exported` gives everything in glibc to all files of this target and to every file that imports
  // LibC. The attribute is no official part of Swift, and stands only in Glibc.swift, Musl.swift and
  // Darwin.swift: without it, each of the files that call the C library would have to choose between
  // the three by itself.
  @_exported public import Glibc
  import Synchronization

  /// What a variable for a thread holds before `pthread_create` fills it.
  var noThread: pthread_t { 0 }

  /// The calling thread, as a number that an atomic can hold; never 0.
  package func currentThread() -> UInt { pthread_self() }

  /// Sends a signal to a thread that must be alive, where it interrupts the call that waits.
  package func signalThread(_ thread: UInt, _ signal: Int32) { pthread_kill(thread, signal) }

  extension sigaction {
    /// An action that calls a function when the signal comes. It has no flags: without `SA_RESTART`,
    /// the signal interrupts system calls that wait.
    init(calling handler: @escaping @convention(c) (Int32) -> Void) {
      self.init()
      __sigaction_handler.sa_handler = handler
    }
  }

  /// What `getrlimit` and `setrlimit` call the number of open files.
  var openFileResource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }

  /// The words of the command line; the first is the program, as it was called.
  ///
  /// Swift reads the words from `/proc/self/cmdline`, and finds none where `/proc` is not there, as in
  /// some containers. So they are taken from glibc.
  package func programArguments() -> [String] {
    guard let given = Texts(bitPattern: firstArgument.load(ordering: .relaxed)) else {
      return CommandLine.arguments
    }
    var all: [String] = []
    while let text = given[all.count] { all.append(String(cString: text)) }
    return all
  }

  /// C strings one after the other; a null pointer ends them.
  private typealias Texts = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  /// Where the words of the command line begin, as a number because threads share no pointers; 0
  /// until `keepArguments` has run.
  private let firstArgument = Atomic<UInt>(0)

  /// Remembers the words of the command line.
  ///
  /// glibc calls the functions whose addresses stand in the section `.init_array` before `main`, and
  /// gives them the arguments that it will give to `main`.
  @section(".init_array") @used
  private let keepArguments: @convention(c) (Int32, Texts, Texts) -> Void = { _, texts, _ in
    firstArgument.store(UInt(bitPattern: texts), ordering: .relaxed)
  }

  /// Lets `malloc` have so many arenas at most: parts of memory that threads take turns at. Each keeps
  /// what was freed in it.
  ///
  /// Swift's module of glibc leaves out `malloc.h`, so the function is looked for by its name.
  package func limitMallocArenas(to count: Int32) {
    typealias Function = @convention(c) (_ parameter: Int32, _ value: Int32) -> Int32
    guard let address = dlsym(nil, "mallopt") else { return }
    _ = unsafeBitCast(address, to: Function.self)(maximumOfArenas, count)
  }

  /// `M_ARENA_MAX` of `malloc.h`.
  private let maximumOfArenas: Int32 = -8

#endif
