#if canImport(Glibc) || canImport(Musl)

  // The kernel Linux: what it does otherwise than other systems, whichever C library is used on it.

  /// The name of the system in code.
  package let platformName = "linux"

  /// The name of the system in texts for people. A distribution has a name of its own, which it writes
  /// into `/etc/os-release`.
  package let systemName = "Linux"

  /// The version of the system: nil, because distributions tell it only in `/etc/os-release`.
  package func systemVersion() -> String? { nil }

  /// When the content of a file last changed, in nanoseconds since 1970.
  package func modifiedNanoseconds(_ status: stat) -> Int64 { status.st_mtim.nanoseconds }

  /// When anything about a file last changed, in nanoseconds since 1970.
  package func changedNanoseconds(_ status: stat) -> Int64 { status.st_ctim.nanoseconds }

  /// How many bytes of memory the process occupies; nil where `/proc` is not there.
  package func residentBytes() -> Int? {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // Seven numbers of pages. The second is that of the pages that are in memory.
    var text = [UInt8](repeating: 0, count: 256)
    let count = max(read(descriptor, &text, text.count), 0)
    let pages = String(decoding: text[..<count], as: UTF8.self).split(separator: " ").dropFirst()
    return pages.first.flatMap { Int($0) }.map { $0 * Int(getpagesize()) }
  }

  /// A descriptor that has something to read as soon as entries of watched folders came, went or were
  /// renamed, and whose reads do not wait; nil where the system has none left.
  package func openFolderWatch() -> Int32? {
    let watch = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    return watch < 0 ? nil : watch
  }

  /// Lets a descriptor of `openFolderWatch` watch one more folder; false, with the reason in `errno`,
  /// where that fails.
  package func addToFolderWatch(_ watch: Int32, _ folder: String) -> Bool {
    let events = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR
    return inotify_add_watch(watch, folder, UInt32(events)) >= 0
  }

  /// Asks for large pages in a piece of memory that is about to be filled and begins where a page
  /// begins.
  package func adviseHugePages(_ start: UnsafeMutableRawPointer, _ count: Int) {
    _ = madvise(start, count, MADV_HUGEPAGE)
  }

#endif
