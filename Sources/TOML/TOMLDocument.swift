extension TOMLTable {
  /// Parses a document.
  ///
  /// Complete and strict by TOML 1.0; a byte order mark before the text is allowed.
  ///
  /// - Throws: The first error.
  package init(parsing text: String) throws(TOMLError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// Parses a document from the bytes of its file.
  ///
  /// - Throws: The first error, or where the bytes stop being UTF-8.
  package init(parsing bytes: [UInt8]) throws(TOMLError) {
    let (table, error) = TOMLTable.parseAsFarAsPossible(bytes)
    if let error { throw error }
    self = table
  }

  /// Parses a document up to its first error: all expressions before the broken one are there, and
  /// nothing of that one.
  ///
  /// - Returns: The table, and the error, or nil where the whole document is valid.
  package static func parseAsFarAsPossible(
    _ bytes: [UInt8]
  ) -> (table: TOMLTable, error: TOMLError?) {
    if let offset = firstInvalidUTF8(in: bytes) {
      let error = TOMLScanner(bytes).error("the text is not UTF-8", at: offset)
      let lines = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { bytes[...$0] } ?? []
      return (parseAsFarAsPossible(Array(lines)).table, error)
    }
    var parser = TOMLParser(bytes)
    do throws(TOMLError) {
      try parser.document()
      return (parser.root.table, nil)
    } catch {
      return (parser.root.table, error)
    }
  }

  private static func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let scalar): offset += scalar.count
      case .emptyInput: return nil
      case .error: return offset
      }
    }
  }
}

extension TOMLValue {
  /// Reads the value of a command-line override: a TOML value, or else the text itself as a string,
  /// without the white space around it. Positions are nil.
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
  /// Reads a value with nothing but white space and comments behind it.
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
