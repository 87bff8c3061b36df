#if canImport(Darwin)

  // macOS: what it and its C library do otherwise than other systems.

  // Why `@_exported` is used is told in Glibc.swift.
  @_exported public import Darwin

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
      __sigaction_u.__sa_handler = handler
    }
  }

  /// What `getrlimit` and `setrlimit` call the number of open files.
  var openFileResource: Int32 { RLIMIT_NOFILE }

  /// The words of the command line; the first is the program, as it was called.
  package func programArguments() -> [String] { CommandLine.arguments }

  /// The name of the system in code.
  package let platformName = "macos"

  /// The name of the system in texts for people.
  package let systemName = "Mac OS"

  /// The version of the system, such as `26.1`; nil where the system does not tell.
  package func systemVersion() -> String? {
    var text = [UInt8](repeating: 0, count: 64)
    var size = text.count
    guard sysctlbyname("kern.osproductversion", &text, &size, nil, 0) == 0 else { return nil }
    return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// When the content of a file last changed, in nanoseconds since 1970.
  package func modifiedNanoseconds(_ status: stat) -> Int64 { status.st_mtimespec.nanoseconds }

  /// When anything about a file last changed, in nanoseconds since 1970.
  package func changedNanoseconds(_ status: stat) -> Int64 { status.st_ctimespec.nanoseconds }

  /// How many bytes of memory the process occupies; nil where the system does not tell.
  package func residentBytes() -> Int? {
    var info = proc_taskinfo()
    let size = Int32(MemoryLayout<proc_taskinfo>.size)
    guard proc_pidinfo(getpid(), PROC_PIDTASKINFO, 0, &info, size) == size else { return nil }
    return Int(info.pti_resident_size)
  }

  /// Nil: macOS has no single descriptor for the changes of many folders. What it has needs an open
  /// descriptor for each folder.
  package func openFolderWatch() -> Int32? { nil }

  /// Is never called, because there is no watch; false, as where a folder cannot be watched.
  package func addToFolderWatch(_ watch: Int32, _ folder: String) -> Bool { false }

  /// Does nothing: macOS chooses the size of pages by itself.
  package func adviseHugePages(_ start: UnsafeMutableRawPointer, _ count: Int) {}

  /// Nothing happens: `malloc` has no arenas here that can be counted.
  package func limitMallocArenas(to count: Int32) {}

#endif
