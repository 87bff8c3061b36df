internal import TOML

/// One `-c key=value` of the command line.
package struct ConfigOverride: Sendable {
  let keys: [String]
  let value: TOMLValue

  /// Parses a dotted key and a value, which is TOML, or else a string without quotes.
  ///
  /// - Throws: What is wrong, for the user who typed it.
  package init(parsing text: String) throws(SettingsError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .invalid("Invalid override (missing '='): \(text)") }
    keys = try ConfigOverride.keys(ofDotted: String(parts[0]))
    guard keys != [""] else { throw .invalid("Empty key in override: \(text)") }
    value = TOMLValue(parsingBare: String(parts[1]))
  }
}

extension ConfigOverride {
  /// The keys of a dotted one: a key of TOML, or else whatever stands between the dots.
  ///
  /// - Throws: When there are more than tables may be nested in a file.
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
