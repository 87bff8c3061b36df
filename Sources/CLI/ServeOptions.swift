/// The options of `app-server` that have an effect.
package struct ServeOptions: Equatable, Sendable {
  /// The values of `-c` in their order; of two with one key the later one counts.
  package var overrides: [Override] = []
  /// The value of `--profile`; nil where it is not given.
  package var profile: String?

  package init() {}

  /// One setting, with both parts as typed.
  package struct Override: Equatable, Sendable {
    /// A dotted path, such as `sandbox_workspace_write.network_access`; not empty.
    package let key: String
    /// The value: TOML, or a string without quotes.
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
