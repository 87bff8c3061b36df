#if canImport(Darwin)

  // What differs on macOS and in its C library from other systems.

  // Glibc.swift explains why `@_exported` is used.
  @_exported public import Darwin

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
      __sigaction_u.__sa_handler = handler
    }
  }

  /// The resource of `getrlimit` and `setrlimit` for the number of open files.
  var openFileResource: Int32 { RLIMIT_NOFILE }

  /// The greatest limit of open files that the kernel accepts. It refuses a limit above this one, even
  /// where it says that there is no hard limit.
  var greatestOpenFileLimit: rlim_t { rlim_t(OPEN_MAX) }

  /// The arguments of the command line. The first is the path by which the program was called.
  package func programArguments() -> [String] { CommandLine.arguments }

  /// The name of the system in the protocol.
  package let platformName = "macos"

  /// The name of the system for people.
  package let systemName = "Mac OS"

  /// The version of the system, for example `26.1`; nil if the system does not tell it.
  package func systemVersion() -> String? {
    var text = [UInt8](repeating: 0, count: 64)
    var size = text.count
    guard sysctlbyname("kern.osproductversion", &text, &size, nil, 0) == 0 else { return nil }
    return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// When the content of a file was changed last, in nanoseconds since 1970.
  package func modifiedNanoseconds(_ status: stat) -> Int64 { status.st_mtimespec.nanoseconds }

  /// When the content or the status of a file was changed last, in nanoseconds since 1970.
  package func changedNanoseconds(_ status: stat) -> Int64 { status.st_ctimespec.nanoseconds }

  /// The resident memory of the process, in bytes; nil if the system does not tell it.
  package func residentBytes() -> Int? {
    var info = proc_taskinfo()
    let size = Int32(MemoryLayout<proc_taskinfo>.size)
    guard proc_pidinfo(getpid(), PROC_PIDTASKINFO, 0, &info, size) == size else { return nil }
    return Int(info.pti_resident_size)
  }

  /// Nil, because macOS has no single descriptor for the changes of many folders. Its own interface
  /// needs an open descriptor for each folder.
  package func openFolderWatch() -> Int32? { nil }

  /// False. This is never called, because no watch can be opened.
  package func addToFolderWatch(_ watch: Int32, _ folder: String) -> Bool { false }

  /// Renames a file, unless the new name is taken.
  ///
  /// - Returns: 0, or -1 with the reason in `errno`: `EEXIST` if the name is taken, `ENOTSUP` if
  ///   the file system cannot do this.
  package func renameExclusively(_ source: String, _ target: String) -> Int32 {
    renamex_np(source, target, UInt32(RENAME_EXCL))
  }

  /// Nil, because macOS has no files without a name that could get one.
  package func openNameless(in folder: String, _ flags: Int32 = 0) -> Int32? { nil }

  /// False. This is never called, because no file without a name can be opened.
  package func canNameFile(_ descriptor: Int32) -> Bool { false }

  /// -1. This is never called, because no file without a name can be opened.
  package func nameFile(_ descriptor: Int32, _ path: String) -> Int32 { -1 }

  /// Does nothing, because macOS chooses the size of pages itself.
  package func adviseHugePages(_ start: UnsafeMutableRawPointer, _ count: Int) {}

  /// Does nothing, because `malloc` has no arenas with a configurable number.
  package func limitMallocArenas(to count: Int32) {}

#endif
