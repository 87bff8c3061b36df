/// One value of a document, of any of TOML's types.
package struct TOMLValue: Sendable {
  /// A type with its value (TOML 1.1, section Key/Value Pair).
  package enum Kind: Sendable, Equatable {
    /// A string of any of the four kinds, its escapes resolved.
    case string(String)
    case integer(Int64)
    /// A finite number, an infinity or not a number.
    case float(Double)
    case boolean(Bool)
    /// An offset date-time, local date-time, local date or local time: its text, validated.
    case dateTime(String)
    /// An array or an array of tables.
    case array([TOMLValue])
    /// A table, an inline table or one that dotted keys define.
    case table(TOMLTable)
  }

  /// The type with its value.
  package var kind: Kind

  /// Where the value begins in its file; nil where it comes from no file.
  ///
  /// A table or array of tables begins at the `[` of its first header; a table that only dotted
  /// keys or the headers of its children name, at the part of the key that first names it.
  package var position: TOMLPosition?

  /// Where the value ends in its file, with its last character; nil where it comes from no file, or
  /// is defined by headers or dotted keys.
  package var end: TOMLPosition?

  /// Creates a value; without a position it comes from no file.
  package init(_ kind: Kind, at position: TOMLPosition? = nil, to end: TOMLPosition? = nil) {
    self.kind = kind
    self.position = position
    self.end = end
  }

  /// The value as a table; nil where it is not a table.
  package var table: TOMLTable? {
    if case .table(let table) = kind { table } else { nil }
  }
}

extension TOMLValue: Equatable {
  /// Compares the values without their positions.
  package static func == (left: TOMLValue, right: TOMLValue) -> Bool {
    left.kind == right.kind
  }
}
