/// Strings (TOML 1.1, section String).
extension TOMLScanner {
  /// Reads a string of any of the four kinds, whose first quote is next.
  mutating func string() throws(TOMLError) -> String {
    if take("\"\"\"") { return try multiLineBasicString() }
    if take("'''") { return try multiLineLiteralString() }
    return try singleLineString()
  }

  /// Reads a basic or literal string, by the quote that is next.
  mutating func singleLineString() throws(TOMLError) -> String {
    take("'") ? try literalString() : try basicString()
  }

  private mutating func basicString() throws(TOMLError) -> String {
    offset += 1
    var content: [UInt8] = []
    while !take("\"") {
      if peek() == UInt8(ascii: "\\") {
        try escape(into: &content)
      } else {
        content.append(try singleLineCharacter())
      }
    }
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func literalString() throws(TOMLError) -> String {
    let start = offset
    while !isAt("'") { _ = try singleLineCharacter() }
    defer { offset += 1 }
    return String(decoding: text[start..<offset], as: UTF8.self)
  }

  private mutating func multiLineBasicString() throws(TOMLError) -> String {
    _ = takeNewline()
    var content: [UInt8] = []
    while !takeClosingQuotes("\"\"\"", into: &content) {
      if peek() != UInt8(ascii: "\\") {
        content.append(try multiLineCharacter())
      } else if !takeLineEndingBackslash() {
        try escape(into: &content)
      }
    }
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func multiLineLiteralString() throws(TOMLError) -> String {
    _ = takeNewline()
    var content: [UInt8] = []
    while !takeClosingQuotes("'''", into: &content) {
      content.append(try multiLineCharacter())
    }
    return String(decoding: content, as: UTF8.self)
  }
}

// MARK: - Parts of strings

extension TOMLScanner {
  /// Takes one byte of a string on one line.
  private mutating func singleLineCharacter() throws(TOMLError) -> UInt8 {
    guard let byte = peek(), !isAtNewline else {
      throw error("the string does not end on its line")
    }
    try refuse(byte)
    offset += 1
    return byte
  }

  /// Takes one byte of a multi-line string; a CRLF is read as LF.
  private mutating func multiLineCharacter() throws(TOMLError) -> UInt8 {
    if takeNewline() { return UInt8(ascii: "\n") }
    guard let byte = peek() else { throw error("the multi-line string does not end") }
    try refuse(byte)
    offset += 1
    return byte
  }

  /// Takes the quotes that end a multi-line string, and the one or two before them that belong to
  /// the content.
  private mutating func takeClosingQuotes(
    _ quotes: StaticString, into content: inout [UInt8]
  ) -> Bool {
    guard take(quotes) else { return false }
    let quote = text[offset - 1]
    for _ in 0..<2 where peek() == quote {
      content.append(quote)
      offset += 1
    }
    return true
  }

  /// Takes a backslash that is the last on its line, and all white space and newlines behind it.
  private mutating func takeLineEndingBackslash() -> Bool {
    let start = offset
    offset += 1
    skipWhitespace()
    guard isAtNewline else {
      offset = start
      return false
    }
    while takeNewline() { skipWhitespace() }
    return true
  }

  /// Takes the escape sequence whose backslash is next.
  private mutating func escape(into content: inout [UInt8]) throws(TOMLError) {
    let letter = peek(1)
    switch letter {
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "e"): content.append(0x1B)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): content.append(text[offset + 1])
    case UInt8(ascii: "x"): return try unicodeEscape(digits: 2, into: &content)
    case UInt8(ascii: "u"): return try unicodeEscape(digits: 4, into: &content)
    case UInt8(ascii: "U"): return try unicodeEscape(digits: 8, into: &content)
    default: throw error("unknown escape sequence")
    }
    offset += 2
  }

  private mutating func unicodeEscape(
    digits: Int, into content: inout [UInt8]
  ) throws(TOMLError) {
    let hex = text[(offset + 2)...].prefix(digits)
    guard hex.count == digits, hex.allSatisfy(isHexDigit),
      let value = UInt32(String(decoding: hex, as: UTF8.self), radix: 16)
    else { throw error("expected \(digits) hexadecimal digits in the escape sequence") }
    guard let scalar = Unicode.Scalar(value) else {
      throw error("the escape sequence is no Unicode scalar value")
    }
    content.append(contentsOf: scalar.utf8)
    offset += 2 + digits
  }
}
