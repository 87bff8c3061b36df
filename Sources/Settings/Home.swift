internal import Platform

/// The directory of threads and config.
package struct Home: Sendable {
  /// The path, absolute, with its symbolic links.
  package let path: String
  /// A warning that the named directory does not exist; nil where it does or none was named.
  package let warning: ConfigWarning?

  /// Finds the home: `$CODEX_HOME`, or `~/.codex` where that is not set or empty.
  ///
  /// - Throws: If the user has no home directory, or if the path is not that of a directory.
  package static func locate() throws(SettingsError) -> Home {
    guard let named = Environment.value("CODEX_HOME"), !named.isEmpty else {
      guard let home = UserHome.path else { throw .noHome }
      return try Home(Path.join(home, ".codex"), isNamed: false)
    }
    guard !UserHome.isTildePath(named) || UserHome.path != nil else { throw .noHome }
    return try Home(named, isNamed: true)
  }

  private init(_ path: String, isNamed: Bool) throws(SettingsError) {
    self.path = UserPath.absolute(path, from: Path.current)
    do throws(SystemError) {
      let status = try FileStatus(path: self.path)
      guard status.kind == .directory else { throw SystemError.notADirectory(self.path) }
      warning = nil
    } catch {
      guard error.isMissing else { throw .badHome(self.path, error) }
      warning = isNamed ? .missingHome(self.path) : nil
    }
  }
}

extension ConfigWarning {
  /// The warning about a directory in `CODEX_HOME` that does not exist; it may be created later.
  fileprivate static func missingHome(_ path: String) -> ConfigWarning {
    var warning = ConfigWarning()
    warning.details = "CODEX_HOME points to \"\(path)\", but that path does not exist"
    return warning
  }
}
