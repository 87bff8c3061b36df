internal import System
internal import TOML

/// The layers of the config that do not depend on a request: config.toml, then the profile, then
/// the options.
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

  /// All layers as one, with what is wrong with the files.
  ///
  /// - Parameter asked: The profile that the user asks for now, or nil for the one that options or
  ///   config.toml name.
  /// - Throws: What an option or `asked` names and is not there.
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
  /// The profile that counts, or nil for none.
  private func profile(asked: String?) throws(SettingsError) -> Config? {
    guard let name = asked ?? file.table.string("profile"), !name.isEmpty else { return nil }
    if let profile = profile(named: name) { return profile }
    let problem = missingProfile(name)
    guard asked == nil else { throw problem.error }
    return Config(warnings: [problem.warning(in: path)])
  }

  /// The profile's own file, or else its table in config.toml; nil where there is neither.
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
  /// Lets the built-in provider stand for one that the files name and that is not there.
  private func repairProvider(of config: inout Config) throws(SettingsError) {
    guard let name = config.table.string("model_provider"),
      !ModelProvider.exists(name, in: config.table)
    else { return }
    guard options["model_provider"] == nil else { throw ConfigProblem.unknownProvider(name).error }
    config.table.set("model_provider", TOMLValue(.string(ModelProvider.builtIn)))
    config.warnings.append(ConfigProblem.unknownProvider(name).warning(in: path))
  }
}
