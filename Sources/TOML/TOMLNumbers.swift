/// Integers and floats (TOML 1.1, sections Integer and Float).
extension TOMLScanner {
  /// The value of a token that is neither a boolean nor a date-time.
  func number(_ token: ArraySlice<UInt8>) throws(TOMLError) -> TOMLValue.Kind {
    if token.first == UInt8(ascii: "0"), let radix = radix(of: token.dropFirst().first) {
      return try prefixedInteger(token, radix: radix)
    }
    var rest = token
    let sign = takeSign(&rest)
    if rest.elementsEqual("inf".utf8) {
      return .float(sign == UInt8(ascii: "-") ? -.infinity : .infinity)
    }
    if rest.elementsEqual("nan".utf8) { return .float(.nan) }
    guard takeDecimalInteger(&rest) else { throw malformed(token) }
    return rest.isEmpty ? try integer(token) : try float(token, fraction: rest)
  }

  private func integer(_ token: ArraySlice<UInt8>) throws(TOMLError) -> TOMLValue.Kind {
    guard let value = Int64(withoutUnderscores(token)) else {
      throw error("the integer does not fit in 64 bits", at: token.startIndex)
    }
    return .integer(value)
  }

  /// An integer behind the prefix `0x`, `0o` or `0b`.
  private func prefixedInteger(
    _ token: ArraySlice<UInt8>, radix: Int
  ) throws(TOMLError) -> TOMLValue.Kind {
    var rest = token.dropFirst(2)
    let digits = rest
    guard takeDigits(&rest, radix: radix), rest.isEmpty else { throw malformed(token) }
    guard let value = Int64(withoutUnderscores(digits), radix: radix) else {
      throw error("the integer does not fit in 64 bits", at: token.startIndex)
    }
    return .integer(value)
  }

  /// Reads a float behind its integer part: `fraction` begins with the point or the exponent.
  private func float(
    _ token: ArraySlice<UInt8>, fraction: ArraySlice<UInt8>
  ) throws(TOMLError) -> TOMLValue.Kind {
    var rest = fraction
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard takeDigits(&rest) else { throw malformed(token) }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      _ = takeSign(&rest)
      guard takeDigits(&rest) else { throw malformed(token) }
    }
    guard rest.isEmpty, let value = Double(withoutUnderscores(token)) else {
      throw malformed(token)
    }
    guard value.isFinite else { throw error("the float is out of range", at: token.startIndex) }
    return .float(value)
  }

  private func malformed(_ token: ArraySlice<UInt8>) -> TOMLError {
    let text = String(decoding: token, as: UTF8.self)
    return error("`\(text)` is no value; a string needs quotes", at: token.startIndex)
  }
}

// MARK: - Parts of numbers

/// Takes a plus or minus sign off the front; nil where there is none.
private func takeSign(_ text: inout ArraySlice<UInt8>) -> UInt8? {
  guard let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
    return nil
  }
  return text.removeFirst()
}

/// Takes decimal digits off the front; false where there are none, or a zero precedes others.
private func takeDecimalInteger(_ text: inout ArraySlice<UInt8>) -> Bool {
  let start = text
  guard takeDigits(&text) else { return false }
  return start.first != UInt8(ascii: "0") || text.startIndex == start.startIndex + 1
}

/// Takes digits with single underscores between them off the front; false where there are none.
private func takeDigits(_ text: inout ArraySlice<UInt8>, radix: Int = 10) -> Bool {
  repeat {
    let digits = text.prefix { isDigit($0, radix: radix) }
    guard !digits.isEmpty else { return false }
    text.removeFirst(digits.count)
  } while text.first == UInt8(ascii: "_") && text.popFirst() != nil
  return true
}

private func isDigit(_ byte: UInt8, radix: Int) -> Bool {
  switch radix {
  case 16: isHexDigit(byte)
  default: byte >= UInt8(ascii: "0") && Int(byte) < Int(UInt8(ascii: "0")) + radix
  }
}

/// The radix that the second byte of a prefix names; nil where it names none.
private func radix(of letter: UInt8?) -> Int? {
  switch letter {
  case UInt8(ascii: "x"): 16
  case UInt8(ascii: "o"): 8
  case UInt8(ascii: "b"): 2
  default: nil
  }
}

private func withoutUnderscores(_ text: ArraySlice<UInt8>) -> String {
  String(decoding: text.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
}
