import LibC

/// The home folder of the user who started the process.
package enum UserHome {
  /// The path of the home: the variable `HOME`, else the entry of the password database; nil if
  /// there is neither.
  package static var path: String? {
    // A value that begins with `~` should have been replaced by a shell, so it is ignored.
    if let home = Environment.value("HOME"), !home.isEmpty, !isTildePath(home) { return home }
    return recorded
  }

  /// Whether a path is `~` or begins with `~/`.
  package static func isTildePath(_ path: String) -> Bool { path == "~" || path.hasPrefix("~/") }

  private static var recorded: String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    // The size of the buffer, which is more than any entry needs.
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1 << 16) { buffer in
      guard let space = buffer.baseAddress,
        getpwuid_r(getuid(), &entry, space, buffer.count, &found) == 0,
        let directory = found?.pointee.pw_dir
      else { return nil }
      let home = String(cString: directory)
      return home.isEmpty ? nil : home
    }
  }
}
