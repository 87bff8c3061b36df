internal import System

/// Why there are no settings: for a request, or for the whole process where an option is wrong.
package struct SettingsError: Error, Equatable, Sendable {
  /// What to tell the user, in the original server's words (PROTOCOL.md 3).
  package let message: String

  private init(message: String) { self.message = message }

  /// Something that the config says cannot be.
  static func invalid(_ what: String) -> SettingsError {
    SettingsError(message: "failed to load configuration: \(what)")
  }

  /// Without a home there is nowhere to look for threads.
  static let noHome = SettingsError(
    message: "cannot tell where the threads are: neither CODEX_HOME nor HOME names a folder, and "
      + "the password database has no home for this user")

  /// The home of threads is no folder, or cannot be looked at.
  static func badHome(_ path: String, _ error: SystemError) -> SettingsError {
    SettingsError(message: "cannot use \(path) as the home of threads: \(error.message)")
  }

  /// A model without a name.
  static let noModel = SettingsError(
    message: "No models are available. Set `model` explicitly or check your model catalog "
      + "configuration.")
}
