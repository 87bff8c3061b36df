/// A place in a text.
package struct TOMLPosition: Sendable, Hashable {
  /// The line, from 1.
  package var line: Int
  /// The column, from 1, counted in Unicode scalars; a byte order mark is not counted.
  package var column: Int

  /// Creates a position; both count from 1.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// An error in a TOML text.
package struct TOMLError: Error, Equatable, Sendable {
  /// The message for the user, without the position.
  package var message: String
  /// Where the text stops being TOML: the place at which something missing was expected, or the
  /// first character of a malformed number, date or key.
  package var position: TOMLPosition

  /// Creates an error at a place in the text.
  package init(_ message: String, at position: TOMLPosition) {
    self.message = message
    self.position = position
  }
}
