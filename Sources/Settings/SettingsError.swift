internal import Platform

/// Why settings cannot be determined: for a request, or for the whole process where an option is
/// wrong.
package struct SettingsError: Error, Equatable, Sendable {
  /// The message for the user, in the original server's words (PROTOCOL.md 3).
  package let message: String

  private init(message: String) { self.message = message }

  /// An error about a value of the config.
  static func invalid(_ what: String) -> SettingsError {
    SettingsError(message: "failed to load configuration: \(what)")
  }

  /// The error of a user without a home directory.
  static let noHome = SettingsError(
    message: "cannot tell where the threads are: neither CODEX_HOME nor HOME names a folder, and "
      + "the password database has no home for this user")

  /// The error of a home of threads that is not a directory, or cannot be read.
  static func badHome(_ path: String, _ error: SystemError) -> SettingsError {
    SettingsError(message: "cannot use \(path) as the home of threads: \(error.message)")
  }

  /// The error of a model without a name.
  static let noModel = SettingsError(
    message: "No models are available. Set `model` explicitly or check your model catalog "
      + "configuration.")
}
