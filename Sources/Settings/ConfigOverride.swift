internal import TOML

/// One option `-c key=value` of the command line.
package struct ConfigOverride: Sendable {
  let keys: [String]
  let value: TOMLValue

  /// Parses a dotted key and a value, which is TOML, or else a string without quotes.
  ///
  /// - Throws: What is wrong with the option, for the user who typed it.
  package init(parsing text: String) throws(SettingsError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .invalid("Invalid override (missing '='): \(text)") }
    keys = try ConfigOverride.keys(ofDotted: String(parts[0]))
    guard keys != [""] else { throw .invalid("Empty key in override: \(text)") }
    value = TOMLValue(parsingBare: String(parts[1]))
  }
}

extension ConfigOverride {
  /// Splits a dotted key: by the grammar of TOML, or else at each dot.
  ///
  /// - Throws: If there are more keys than the depth to which tables can be nested.
  static func keys(ofDotted dotted: String) throws(SettingsError) -> [String] {
    let keys =
      (try? TOMLTable.path(parsing: dotted))
      ?? dotted.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard keys.count <= TOMLTable.depthLimit else {
      throw .invalid("a key is nested deeper than \(TOMLTable.depthLimit) levels")
    }
    return keys
  }
}
