internal import TOML

/// Which providers of models there are.
enum ModelProvider {
  /// The one that counts when nothing is configured.
  static let builtIn = "openai"

  private static let known = [builtIn, "ollama", "lmstudio", "amazon-bedrock"]

  /// Whether a provider is known without a config, or defined by one.
  static func exists(_ name: String, in config: TOMLTable) -> Bool {
    known.contains(name) || config[path: ["model_providers", name]] != nil
  }
}
