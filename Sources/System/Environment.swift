#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The variables that the process was started with.
package enum Environment {
  /// Nil where the variable is not set; it may be set and empty.
  package static func value(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// The user's home: `HOME`, or where that names none what the password database says of the user;
  /// nil where neither tells.
  package static var userHome: String? {
    // Whoever sets it to `~` means a shell that should have replaced that.
    if let home = value("HOME"), !home.isEmpty, !Path.beginsWithTilde(home) { return home }
    return recordedHome
  }

  private static var recordedHome: String? {
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
