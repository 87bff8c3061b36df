extension JSONWriter {
  /// Appends the content of a parsed string, without quotes.
  mutating func contents(of string: JSONValue) {
    // In a plain string only U+007F cannot be copied unchanged.
    if string.isPlain, string.text.firstIndex(of: 0x7F, from: 0) == nil {
      bytes.append(contentsOf: string.text)
    } else {
      contents(string.text, areEscaped: true)
    }
  }

  /// Appends the content of a string, without quotes.
  ///
  /// Runs of harmless characters are copied at once. Invalid UTF-8 becomes U+FFFD.
  ///
  /// - Parameter areEscaped: Whether `text` is that of a JSON string, whose escapes are kept; a
  ///   lone surrogate in it becomes U+FFFD.
  public mutating func contents(_ text: UnsafeBufferPointer<UInt8>, areEscaped: Bool) {
    guard let base = text.baseAddress else { return }
    var start = 0
    var position = 0
    while true {
      position = endOfHarmlessRun(base, from: position, to: text.count, areEscaped: areEscaped)
      guard position < text.count else { break }
      bytes.append(contentsOf: UnsafeBufferPointer(start: base + start, count: position - start))
      position += special(base + position, text.count - position, areEscaped: areEscaped)
      start = position
    }
    bytes.append(contentsOf: UnsafeBufferPointer(start: base + start, count: position - start))
  }

  /// Appends one character that cannot be copied unchanged.
  ///
  /// - Returns: The number of bytes that were read.
  private mutating func special(
    _ source: UnsafePointer<UInt8>, _ available: Int, areEscaped: Bool
  ) -> Int {
    switch source[0] {
    case UInt8(ascii: "\\") where areEscaped && available > 1 && source[1] == UInt8(ascii: "u"):
      // The escape is not one of a character: it is a lone surrogate, or has no digits.
      literal("\\ufffd")
      return hexUnit(source + 2, available - 2) == nil ? 2 : 6
    case UInt8(ascii: "\\"): literal("\\\\")
    case UInt8(ascii: "\""): literal("\\\"")
    case 0x0A: literal("\\n")
    case 0x0D: literal("\\r")
    case 0x09: literal("\\t")
    case 0x08: literal("\\b")
    case 0x0C: literal("\\f")
    case 0x00...0x7F: unicodeEscape(UInt16(source[0]))
    default: return beyondASCII(source, available)
    }
    return 1
  }

  private mutating func beyondASCII(_ source: UnsafePointer<UInt8>, _ available: Int) -> Int {
    let (length, isValid) = utf8Sequence(source, available)
    if !isValid {
      literal("\u{FFFD}")
    } else if length == 2 {
      unicodeEscape(0x85)
    } else {
      unicodeEscape(source[2] == 0xA8 ? 0x2028 : 0x2029)
    }
    return length
  }

  private mutating func unicodeEscape(_ unit: UInt16) {
    literal("\\u")
    for shift in [12, 8, 4, 0] as [UInt16] {
      let digit = UInt8(truncatingIfNeeded: unit >> shift & 0xF)
      byte(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
