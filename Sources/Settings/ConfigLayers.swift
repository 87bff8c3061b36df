internal import System
internal import TOML

/// The layers of the config that do not depend on a request: config.toml, then the profile, then
/// the options.
struct ConfigLayers: Sendable {
  private let home: String
  private let file: TOMLTable
  private let options: TOMLTable
  /// What is wrong with config.toml.
  let warnings: [ConfigWarning]

  /// Reads config.toml.
  ///
  /// - Throws: What is wrong with an option.
  init(home: String, overrides: [ConfigOverride]) throws(SettingsError) {
    var options = TOMLTable()
    for override in overrides { options.set(path: override.keys, override.value) }
    let (valid, problems) = ConfigChecker.check(options)
    if let problem = problems.first { throw problem.error }
    let config = ConfigFile(ConfigLayers.configPath(in: home))
    self.home = home
    self.options = valid
    file = config?.table ?? TOMLTable()
    warnings = config?.warnings ?? []
  }

  private static func configPath(in home: String) -> String { Path.join(home, "config.toml") }

  /// All layers as one.
  ///
  /// - Parameter asked: The profile that the user asks for now, or nil for the one that options or
  ///   config.toml name.
  /// - Returns: The config, and what is wrong with the profile and the provider of the files.
  /// - Throws: What an option or `asked` names and is not there.
  func merged(
    profile asked: String?
  ) throws(SettingsError) -> (table: TOMLTable, warnings: [ConfigWarning]) {
    var merged = (table: file, warnings: [ConfigWarning]())
    try mergeProfile(named: asked ?? options.string("profile"), into: &merged)
    merged.table.merge(options)
    try repairProvider(in: &merged)
    return merged
  }
}

// MARK: - Profiles

extension ConfigLayers {
  private func mergeProfile(
    named asked: String?, into merged: inout (table: TOMLTable, warnings: [ConfigWarning])
  ) throws(SettingsError) {
    guard let name = asked ?? file.string("profile"), !name.isEmpty else { return }
    if let profile = profile(named: name) {
      merged.table.merge(profile.table)
      merged.warnings += profile.warnings
    } else {
      let problem = missingProfile(name)
      guard asked == nil else { throw problem.error }
      merged.warnings.append(problem.warning(in: ConfigLayers.configPath(in: home)))
    }
  }

  /// The profile's own file, or else its table in config.toml; nil where there is neither.
  private func profile(named name: String) -> ConfigFile? {
    if !name.contains("/"), let profile = ConfigFile(profilePath(name)) { return profile }
    guard let table = file[path: ["profiles", name]]?.table else { return nil }
    return ConfigFile(table: table, directory: home)
  }

  private func profilePath(_ name: String) -> String { Path.join(home, "\(name).config.toml") }

  private func missingProfile(_ name: String) -> ConfigProblem {
    let path = ConfigLayers.configPath(in: home)
    let value = file["profile"]
    return ConfigProblem(
      message: "profile `\(name)` not found: neither \(profilePath(name)) nor [profiles.\(name)] "
        + "in \(path)", start: value?.position, end: value?.end)
  }
}

// MARK: - The provider

extension ConfigLayers {
  /// Lets the built-in provider stand for one that the files name and that is not there.
  private func repairProvider(
    in merged: inout (table: TOMLTable, warnings: [ConfigWarning])
  ) throws(SettingsError) {
    guard let name = merged.table.string("model_provider"),
      !ModelProvider.exists(name, in: merged.table)
    else { return }
    guard options["model_provider"] == nil else { throw .unknownProvider(name) }
    merged.table.set("model_provider", TOMLValue(.string(ModelProvider.builtIn)))
    let problem = ConfigProblem.unknownProvider(name)
    merged.warnings.append(problem.warning(in: ConfigLayers.configPath(in: home)))
  }
}
