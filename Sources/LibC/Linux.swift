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

  /// Renames a file, unless the new name is taken.
  ///
  /// Swift's modules of glibc and musl lack `renameat2`, so the function is found by its name.
  ///
  /// - Returns: 0, or -1 with the reason in `errno`: `EEXIST` if the name is taken, `ENOSYS` or
  ///   `EINVAL` if the system or the file system cannot do this.
  package func renameExclusively(_ source: String, _ target: String) -> Int32 {
    typealias Function =
      @convention(c) (
        _ sourceFolder: Int32, _ source: UnsafePointer<CChar>, _ targetFolder: Int32,
        _ target: UnsafePointer<CChar>, _ flags: UInt32
      ) -> Int32
    guard let address = dlsym(nil, "renameat2") else {
      errno = ENOSYS
      return -1
    }
    return unsafeBitCast(address, to: Function.self)(
      AT_FDCWD, source, AT_FDCWD, target, noReplacement)
  }

  /// The value of `RENAME_NOREPLACE` in the kernel's `fs.h`.
  private let noReplacement: UInt32 = 1

  /// Creates a file without a name, with mode 0600, for reading and writing.
  ///
  /// - Parameters:
  ///   - folder: The folder whose file system holds the file.
  ///   - flags: More flags of `open`.
  /// - Returns: The descriptor; nil if the system or the file system cannot do this.
  package func openNameless(in folder: String, _ flags: Int32 = 0) -> Int32? {
    let descriptor = open(folder, nameless | O_DIRECTORY | O_RDWR | O_CLOEXEC | flags, 0o600)
    return descriptor < 0 ? nil : descriptor
  }

  /// The value of `__O_TMPFILE` in the kernel's `fcntl.h`.
  private let nameless: Int32 = 0o20_000_000

  /// Whether `nameFile` can work for a file of `openNameless`.
  package func canNameFile(_ descriptor: Int32) -> Bool {
    access(openFilePath(descriptor), F_OK) == 0
  }

  /// Gives a file of `openNameless` a name, unless the name is taken.
  ///
  /// - Returns: 0, or -1 with the reason in `errno`.
  package func nameFile(_ descriptor: Int32, _ path: String) -> Int32 {
    linkat(AT_FDCWD, openFilePath(descriptor), AT_FDCWD, path, AT_SYMLINK_FOLLOW)
  }

  private func openFilePath(_ descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  /// Asks the system for huge pages in a range of memory that begins at a page boundary and is
  /// about to be filled.
  package func adviseHugePages(_ start: UnsafeMutableRawPointer, _ count: Int) {
    _ = madvise(start, count, MADV_HUGEPAGE)
  }

#endif
