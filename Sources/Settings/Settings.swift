package import TOML

/// What the user's files and options say, read once (PROTOCOL.md 6).
package struct Settings: Sendable {
  /// Config, profile and options as one, without the values that cannot be used.
  package let table: TOMLTable
  /// What is wrong with the home and its files; the rest of them counts.
  package let warnings: [ConfigWarning]

  let layers: ConfigLayers

  /// Reads the files of a home.
  ///
  /// - Parameters:
  ///   - home: See `Home`.
  ///   - overrides: The `-c` options, in their order.
  ///   - profile: The value of `--profile`; goes before a profile that the config names.
  ///   - warning: What is wrong with the home itself, if anything is.
  /// - Throws: What is wrong with an option, for the user who typed it.
  package init(
    home: String, overrides: [ConfigOverride] = [], profile: String? = nil,
    warning: ConfigWarning? = nil
  ) throws(SettingsError) {
    layers = try ConfigLayers(home: home, overrides: overrides)
    let merged = try layers.merged(profile: profile)
    table = merged.table
    warnings = (warning.map { [$0] } ?? []) + merged.warnings
  }
}

extension Settings {
  /// What every thread gets that neither records nor is given another model.
  package static let builtInModel = "gpt-6.1-sol"

  /// The model that the config names, or nil.
  package var model: String? { table.string("model") }

  /// The provider of threads that record none; one that is there.
  package var modelProvider: String {
    table.string("model_provider") ?? ModelProvider.builtIn
  }

  /// The effort that the config names, or nil.
  package var reasoningEffort: String? { table.string("model_reasoning_effort") }
}
