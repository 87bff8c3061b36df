import LibC

/// The folder that belongs to the user who started the process.
package enum UserHome {
  /// `HOME`, or where that names none what the password database says of the user; nil where neither
  /// tells.
  package static var path: String? {
    // Whoever sets it to `~` means a shell that should have replaced that.
    if let home = Environment.value("HOME"), !home.isEmpty, !isTildePath(home) { return home }
    return recorded
  }

  /// Whether a path is `~` or something below, as people write their home.
  package static func isTildePath(_ path: String) -> Bool { path == "~" || path.hasPrefix("~/") }

  private static var recorded: String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    // More than any entry takes.
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
