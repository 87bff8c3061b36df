internal import TOML

/// The providers of models.
enum ModelProvider {
  /// The provider that is used where none is configured.
  static let builtIn = "openai"

  private static let known = [builtIn, "ollama", "lmstudio", "amazon-bedrock"]

  /// Whether a provider is built in or defined by a config.
  static func exists(_ name: String, in config: TOMLTable) -> Bool {
    known.contains(name) || config[path: ["model_providers", name]] != nil
  }
}
