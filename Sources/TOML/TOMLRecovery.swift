/// Recovery from errors: finding the place at which parsing goes on.
extension TOMLScanner {
  /// Skips the broken expression that begins here: its whole value if the end of that can be found
  /// by quotes and brackets, so that nothing in it is read as a setting. Otherwise the lines before
  /// the error are skipped, or the first line.
  ///
  /// - Parameter linesToError: The number of lines between the beginning and the error.
  mutating func skipBrokenExpression(linesToError: Int) {
    let start = offset
    guard skipToValue() else { return skipLine() }
    switch skipValueRoughly() {
    case .complete: break
    case .openBracket:
      offset = start
      for _ in 0..<max(1, linesToError) { skipLine() }
    case .openString(let beginning):
      offset = beginning
      skipLine()
    }
  }

  /// Skips the rest of the line and its newline.
  mutating func skipLine() {
    while !isAtEnd, !take("\n") { offset += 1 }
  }

  /// Skips a key, if there is one, and the equals sign behind it; false where the line has no such
  /// sign, like a header.
  private mutating func skipToValue() -> Bool {
    guard !isAt("[") else { return false }
    while let byte = peek(), byte != UInt8(ascii: "\n") {
      if take("=") { return true }
      if byte == UInt8(ascii: "#") { return false }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        skipLineOfString()
      } else {
        offset += 1
      }
    }
    return false
  }

  private enum RoughEnd {
    /// The value ends at the end of a line.
    case complete
    /// A bracket in the value is never closed.
    case openBracket
    /// A multi-line string in the value, which begins at this offset, never ends.
    case openString(Int)
  }

  /// Skips a value by its quotes and brackets alone.
  private mutating func skipValueRoughly() -> RoughEnd {
    var brackets: [UInt8] = []
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let start = offset
        guard skipStringRoughly() else { return .openString(start) }
        continue
      case UInt8(ascii: "["): brackets.append(UInt8(ascii: "]"))
      case UInt8(ascii: "{"): brackets.append(UInt8(ascii: "}"))
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard brackets.isEmpty || brackets.popLast() == byte else { return .openBracket }
      // No array contains an equals sign outside of strings and tables: this one is on a later
      // line, so the array was never closed.
      case UInt8(ascii: "=") where brackets.last == UInt8(ascii: "]"): return .openBracket
      case UInt8(ascii: "#"):
        while !isAtEnd, !isAt("\n") { offset += 1 }
        continue
      case UInt8(ascii: "\n") where brackets.isEmpty: return .complete
      default: break
      }
      offset += 1
    }
    return brackets.isEmpty ? .complete : .openBracket
  }

  /// Skips a string of any kind; false where a multi-line string never ends.
  private mutating func skipStringRoughly() -> Bool {
    guard isAt("\"\"\"") || isAt("\'\'\'") else {
      skipLineOfString()
      return true
    }
    let quotes: StaticString = isAt("\"\"\"") ? "\"\"\"" : "\'\'\'"
    offset += 3
    while !isAtEnd {
      if take(quotes) {
        while peek() == text[offset - 1] { offset += 1 }
        return true
      }
      offset += isEscape(of: quotes.utf8Start[0]) ? 2 : 1
    }
    return false
  }

  /// Skips a string on one line, or the rest of the line where the string does not end.
  private mutating func skipLineOfString() {
    let quote = text[offset]
    offset += 1
    while let byte = peek(), byte != UInt8(ascii: "\n") {
      offset += isEscape(of: quote) ? 2 : 1
      if byte == quote { return }
    }
  }

  /// Whether a backslash and an escaped character are next, in a string with these quotes.
  private func isEscape(of quote: UInt8) -> Bool {
    guard quote == UInt8(ascii: "\""), isAt("\\"), let next = peek(1) else { return false }
    return next != UInt8(ascii: "\n")
  }
}
