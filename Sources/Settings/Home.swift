internal import System

/// The directory of threads and config.
package struct Home: Sendable {
  /// Absolute, symbolic links kept.
  package let path: String
  /// What a user is told who named a directory that is not there.
  package let warning: ConfigWarning?

  /// `$CODEX_HOME`, or `~/.codex` where it is not set or empty.
  ///
  /// - Throws: When nobody knows where that is, or something else than a directory is there.
  package static func locate() throws(SettingsError) -> Home {
    guard let named = Environment.value("CODEX_HOME"), !named.isEmpty else {
      guard let home = UserHome.path else { throw .noHome }
      return try Home(Path.join(home, ".codex"), isNamed: false)
    }
    guard !UserHome.isMeant(by: named) || UserHome.path != nil else { throw .noHome }
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
  /// A directory that the environment names may be there later; until then nothing is in it.
  fileprivate static func missingHome(_ path: String) -> ConfigWarning {
    var warning = ConfigWarning()
    warning.details = "CODEX_HOME points to \"\(path)\", but that path does not exist"
    return warning
  }
}
