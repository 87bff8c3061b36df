package import TOML

/// The settings in the user's files and options, read once (PROTOCOL.md 6).
package struct Settings: Sendable {
  /// The merged config, profile and options, without values that cannot be used.
  package let table: TOMLTable
  /// Warnings about the home and its files.
  package let warnings: [ConfigWarning]

  let layers: ConfigLayers

  /// Reads the files of a home.
  ///
  /// - Parameters:
  ///   - home: The path of the home (`Home.path`).
  ///   - overrides: The `-c` options in their order, of which later ones take precedence.
  ///   - profile: The value of `--profile`; takes precedence over a profile that the config names.
  ///   - warning: A warning about the home itself; nil for none.
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
  /// The model of threads for which none is recorded, requested or configured.
  package static let builtInModel = "gpt-6.1-sol"

  /// The model that the config names; nil where it names none.
  package var model: String? { table.string("model") }

  /// The provider of threads for which none is recorded; it always exists.
  package var modelProvider: String {
    table.string("model_provider") ?? ModelProvider.builtIn
  }

  /// The reasoning effort that the config names; nil where it names none.
  package var reasoningEffort: String? { table.string("model_reasoning_effort") }
}
