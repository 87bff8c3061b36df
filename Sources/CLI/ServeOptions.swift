/// The options of `app-server`; those that change nothing here are taken and forgotten.
package struct ServeOptions: Equatable, Sendable {
  /// What `-c` gave, in order: of two of one key the later counts.
  package var overrides: [Override] = []
  /// The name that `--profile` gave.
  package var profile: String?

  package init() {}

  /// One setting, both parts as they were typed.
  package struct Override: Equatable, Sendable {
    /// A dotted path, such as `sandbox_workspace_write.network_access`. Not empty.
    package let key: String
    /// TOML, or a string without quotes.
    package let value: String

    /// Creates an override.
    ///
    /// - Parameters:
    ///   - key: A dotted path.
    ///   - value: TOML, or a string without quotes.
    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }
}
