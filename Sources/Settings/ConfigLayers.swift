internal import Platform
internal import TOML

/// The layers of the config that do not depend on a request: config.toml, the profile and the
/// options, of which later ones take precedence.
struct ConfigLayers: Sendable {
  private let home: String
  private let file: Config
  private let options: TOMLTable

  private var path: String { ConfigLayers.path(in: home) }

  /// Reads config.toml.
  ///
  /// - Throws: What is wrong with an option.
  init(home: String, overrides: [ConfigOverride]) throws(SettingsError) {
    var given = TOMLTable()
    for override in overrides { given.set(path: override.keys, override.value) }
    let (options, problems) = ConfigChecker.check(given)
    if let problem = problems.first { throw problem.error }
    self.home = home
    self.options = options
    file = Config(file: ConfigLayers.path(in: home)) ?? Config()
  }

  /// Merges all layers.
  ///
  /// - Parameter asked: The requested profile; nil for the one that options or config.toml name.
  /// - Throws: If an option or `asked` names a profile or a provider that does not exist.
  func merged(profile asked: String?) throws(SettingsError) -> Config {
    var config = file
    if let profile = try profile(asked: asked ?? options.string("profile")) {
      config.table.merge(profile.table)
      config.warnings += profile.warnings
    }
    config.table.merge(options)
    try repairProvider(of: &config)
    return config
  }

  private static func path(in home: String) -> String { Path.join(home, "config.toml") }
}

// MARK: - Profiles

extension ConfigLayers {
  /// The profile to use; nil for none.
  private func profile(asked: String?) throws(SettingsError) -> Config? {
    guard let name = asked ?? file.table.string("profile"), !name.isEmpty else { return nil }
    if let profile = profile(named: name) { return profile }
    let problem = missingProfile(name)
    guard asked == nil else { throw problem.error }
    return Config(warnings: [problem.warning(in: path)])
  }

  /// Reads a profile from its own file, or else from its table in config.toml; nil where there is
  /// neither.
  private func profile(named name: String) -> Config? {
    if !name.contains("/"), let profile = Config(file: profilePath(name)) { return profile }
    guard var table = file.table[path: ["profiles", name]]?.table else { return nil }
    table.resolveWritableRoots(against: home)
    return Config(table: table)
  }

  private func profilePath(_ name: String) -> String { Path.join(home, "\(name).config.toml") }

  private func missingProfile(_ name: String) -> ConfigProblem {
    let value = file.table["profile"]
    return ConfigProblem(
      message: "profile `\(name)` not found: neither \(profilePath(name)) nor [profiles.\(name)] "
        + "in \(path)", start: value?.position, end: value?.end)
  }
}

// MARK: - The provider

extension ConfigLayers {
  /// Replaces an unknown provider that a file names by the built-in one, with a warning.
  private func repairProvider(of config: inout Config) throws(SettingsError) {
    guard let name = config.table.string("model_provider"),
      !ModelProvider.exists(name, in: config.table)
    else { return }
    guard options["model_provider"] == nil else { throw ConfigProblem.unknownProvider(name).error }
    config.table.set("model_provider", TOMLValue(.string(ModelProvider.builtIn)))
    config.warnings.append(ConfigProblem.unknownProvider(name).warning(in: path))
  }
}
