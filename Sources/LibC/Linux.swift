#if canImport(Glibc) || canImport(Musl)

  // What differs in the kernel Linux from other systems, with any C library.

  /// The name of the system in the protocol.
  package let platformName = "linux"

  /// The name of the system for people. A distribution writes its own name to `/etc/os-release`.
  package let systemName = "Linux"

  /// Nil, because the version of a distribution is only in `/etc/os-release`.
  package func systemVersion() -> String? { nil }

  /// When the content of a file was changed last, in nanoseconds since 1970.
  package func modifiedNanoseconds(_ status: stat) -> Int64 { status.st_mtim.nanoseconds }

  /// When the content or the status of a file was changed last, in nanoseconds since 1970.
  package func changedNanoseconds(_ status: stat) -> Int64 { status.st_ctim.nanoseconds }

  /// The greatest limit of open files that the kernel accepts: it takes any.
  var greatestOpenFileLimit: rlim_t { .max }

  /// The resident memory of the process, in bytes; nil if `/proc` is missing.
  package func residentBytes() -> Int? {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // The file contains seven numbers of pages. The second is the number of resident pages.
    var text = [UInt8](repeating: 0, count: 256)
    let count = max(read(descriptor, &text, text.count), 0)
    let pages = String(decoding: text[..<count], as: UTF8.self).split(separator: " ").dropFirst()
    return pages.first.flatMap { Int($0) }.map { $0 * Int(getpagesize()) }
  }

  /// Opens a descriptor that becomes readable when entries of watched folders are added, removed or
  /// renamed. Reading does not wait. Nil if the system has no descriptor left.
  package func openFolderWatch() -> Int32? {
    let watch = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    return watch < 0 ? nil : watch
  }

  /// Adds a folder to a descriptor of `openFolderWatch`.
  ///
  /// - Returns: False if that fails. `errno` then contains the reason.
  package func addToFolderWatch(_ watch: Int32, _ folder: String) -> Bool {
    let events = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR
    return inotify_add_watch(watch, folder, UInt32(events)) >= 0
  }

  /// Asks the system for huge pages in a range of memory that begins at a page boundary and is
  /// about to be filled.
  package func adviseHugePages(_ start: UnsafeMutableRawPointer, _ count: Int) {
    _ = madvise(start, count, MADV_HUGEPAGE)
  }

#endif
