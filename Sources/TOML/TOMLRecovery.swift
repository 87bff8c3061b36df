/// Where to go on behind what is no TOML.
extension TOMLScanner {
  /// Steps over the expression that begins here: as far as its value goes, if the end of that can
  /// be made out although something is wrong in it, so that nothing in it is taken for a setting.
  /// Else up to the line of the error, where the next expression may begin, or over its first line
  /// alone.
  ///
  /// - Parameter linesToError: How many lines further the error is.
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

  /// Steps over the rest of the line and its newline.
  mutating func skipLine() {
    while !isAtEnd, !take("\n") { offset += 1 }
  }

  /// Steps over a key, if it is one, and the equals sign behind it; false where no such sign stands
  /// on the line, as in a header.
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
    /// It ends where a line does.
    case complete
    /// A bracket in it is never closed.
    case openBracket
    /// A string of several lines in it, which begins there, never ends.
    case openString(Int)
  }

  /// Steps over what is a value by its quotes and brackets alone.
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
      // No array holds an equals sign outside of strings and tables: this one belongs to a later
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

  /// Steps over a string of any kind; false where one of several lines never ends.
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

  /// Steps over a string on one line, or over the rest of the line where it does not end.
  private mutating func skipLineOfString() {
    let quote = text[offset]
    offset += 1
    while let byte = peek(), byte != UInt8(ascii: "\n") {
      offset += isEscape(of: quote) ? 2 : 1
      if byte == quote { return }
    }
  }

  /// Whether a backslash and a character that it escapes come next, in a string with such quotes.
  private func isEscape(of quote: UInt8) -> Bool {
    guard quote == UInt8(ascii: "\""), isAt("\\"), let next = peek(1) else { return false }
    return next != UInt8(ascii: "\n")
  }
}
