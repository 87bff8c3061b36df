#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How many files the process may have open at a time.
package enum OpenFileLimit {
  /// Files that the process has open anyway, generously.
  private static let reserve = 256

  /// Makes room for so many files more than usual, as far as the system allows a process to do so. The
  /// usual limit is there for programs that cannot count so far; this one can.
  package static func raise(by count: Int) {
    var limit = rlimit()
    guard getrlimit(openFiles, &limit) == 0 else { return }
    let wanted = min(rlim_t(count + reserve), limit.rlim_max)
    guard limit.rlim_cur < wanted else { return }
    limit.rlim_cur = wanted
    _ = setrlimit(openFiles, &limit)
  }

  #if canImport(Glibc)
    private static let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let openFiles = RLIMIT_NOFILE
  #endif
}
