#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How many files the process may have open at a time.
package enum OpenFileLimit {
  /// Room for the files that the process has open besides: more than it ever has.
  private static let reserve = 256

  /// Raises the limit so that `count` files more than usual can be open, as far as the system
  /// allows.
  ///
  /// The usual limit is low for the sake of programs that use `select`, which this one does not.
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
