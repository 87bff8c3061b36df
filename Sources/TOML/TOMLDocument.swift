extension TOMLTable {
  /// Parses a document.
  ///
  /// Complete and strict by TOML 1.1; a byte order mark before the text is allowed.
  ///
  /// - Throws: The first error.
  package init(parsing text: String) throws(TOMLError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// Parses a document from the bytes of its file.
  ///
  /// - Throws: The first error.
  package init(parsing bytes: [UInt8]) throws(TOMLError) {
    let (table, errors) = TOMLTable.parseLeniently(bytes)
    if let error = errors.first { throw error }
    self = table
  }

  /// Parses a document and skips what is wrong in it: mostly one line for each error. If a key has
  /// several values, the first one counts, and several tables with one name are merged.
  ///
  /// - Returns: The table, and the errors in the order of the text.
  package static func parseLeniently(_ bytes: [UInt8]) -> (table: TOMLTable, errors: [TOMLError]) {
    var parser = TOMLParser(bytes)
    parser.document()
    return (parser.root.table, parser.errors)
  }
}

extension TOMLValue {
  /// Reads the value of a command-line override: a TOML value, or else the text itself as a string,
  /// without the white space around it. Its positions are nil.
  package init(parsingBare text: String) {
    let trimmed = trimming(text)
    var parser = TOMLParser(Array(trimmed.utf8), isFile: false)
    do throws(TOMLError) {
      self = try parser.wholeValue()
    } catch {
      self.init(.string(trimmed))
    }
  }
}

extension TOMLParser {
  /// Reads a value behind which there is nothing but white space and comments.
  fileprivate mutating func wholeValue() throws(TOMLError) -> TOMLValue {
    let value = try value(depth: 1)
    try scanner.skipBlank()
    guard scanner.isAtEnd else { throw scanner.error("expected the end of the value") }
    return value
  }
}

/// The text without the white space at both ends.
private func trimming(_ text: String) -> String {
  let scalars = text.unicodeScalars
  guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
    let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
  else { return "" }
  return String(scalars[first...last])
}
