// Strings and templates.
extension JavaScriptLexer {
  /// Reads a string; nil where it does not end, or has an invalid escape.
  mutating func string() -> JavaScriptToken? {
    let quote = byte
    position += 1
    var text = LiteralText()
    while let byte, byte != 0x0A, byte != 0x0D {
      if byte == quote {
        position += 1
        return JavaScriptToken(kind: .string, literalText: text.string)
      }
      if byte == UInt8(ascii: "\\") {
        guard readEscape(into: &text) else { return nil }
      } else {
        text.append(byte)
        position += 1
      }
    }
    return nil
  }

  /// Reads a part of a template, up to the end of the template or to the next substitution.
  mutating func template() -> JavaScriptToken? {
    let isBeginning = byte == UInt8(ascii: "`")
    position += 1
    var text = LiteralText()
    var raw: [UInt8] = []
    // An invalid escape is allowed where a function such as `String.raw` reads the template.
    var isValid = true
    while let byte {
      let start = position
      if byte == UInt8(ascii: "`") {
        position += 1
        guard isBeginning else { return JavaScriptToken(kind: .templateTail) }
        return JavaScriptToken(
          kind: .template, literalText: isValid ? text.string : nil,
          rawText: String(decoding: raw, as: UTF8.self))
      } else if stands("${") {
        position += 2
        return JavaScriptToken(kind: isBeginning ? .templateHead : .templateMiddle)
      } else if byte == UInt8(ascii: "\\") {
        if !readEscape(into: &text) {
          isValid = false
          position = min(start + 2, code.count)
        }
      } else if byte == 0x0D {
        position += lineEndLength
        text.append(0x0A)
      } else {
        position += 1
        text.append(byte)
      }
      appendLine(code[start..<position], to: &raw)
    }
    return nil
  }

  /// Appends the source text of a template, in which every line end counts as a line feed.
  private func appendLine(_ written: ArraySlice<UInt8>, to raw: inout [UInt8]) {
    for (index, byte) in zip(written.indices, written) {
      if byte == 0x0D {
        raw.append(0x0A)
      } else if byte != 0x0A || index == 0 || code[index - 1] != 0x0D {
        raw.append(byte)
      }
    }
  }

  /// Reads an escape and appends its value; false where it is invalid.
  private mutating func readEscape(into text: inout LiteralText) -> Bool {
    position += 1
    let lineEnd = lineEndLength
    if lineEnd > 0 {
      position += lineEnd
      return true
    }
    guard let escape = byte else { return false }
    position += 1
    switch escape {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "v"): text.append(0x0B)
    case UInt8(ascii: "0") where !(byte.map(Self.isDigit) ?? false): text.append(0)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return false
    case UInt8(ascii: "x"):
      guard let unit = hexadecimal(digits: 2) else { return false }
      text.append(codePoint: unit)
    case UInt8(ascii: "u"):
      guard let point = codePoint() else { return false }
      text.append(codePoint: point)
    default: text.append(escape)
    }
    return true
  }

  /// Reads the digits of a Unicode escape, `{41}` or `0041`; nil where they are invalid.
  private mutating func codePoint() -> UInt32? {
    guard byte == UInt8(ascii: "{") else { return hexadecimal(digits: 4) }
    let digits = code[(position + 1)...].prefix { $0 != UInt8(ascii: "}") }
    let value = digits.drop { $0 == UInt8(ascii: "0") }
    guard !digits.isEmpty, value.count <= 6, position + 1 + digits.count < code.count,
      let point = value.isEmpty ? 0 : Self.hexadecimal(value), point <= 0x10FFFF
    else { return nil }
    position += digits.count + 2
    return point
  }

  private mutating func hexadecimal(digits: Int) -> UInt32? {
    let text = code[position...].prefix(digits)
    guard text.count == digits, let unit = Self.hexadecimal(text) else { return nil }
    position += digits
    return unit
  }

  private static func hexadecimal(_ text: ArraySlice<UInt8>) -> UInt32? {
    // The standard library would accept a sign before the digits.
    guard text.allSatisfy({ isDigit($0) || (0x61...0x66).contains($0 | 0x20) }) else { return nil }
    return UInt32(String(decoding: text, as: UTF8.self), radix: 16)
  }
}

/// The value of a literal. A surrogate without its pair becomes U+FFFD.
private struct LiteralText {
  private var bytes: [UInt8] = []
  /// The high surrogate that was read last, whose low surrogate may follow.
  private var high: UInt32?

  var string: String {
    var text = self
    text.endHigh()
    return String(decoding: text.bytes, as: UTF8.self)
  }

  mutating func append(_ byte: UInt8) {
    endHigh()
    bytes.append(byte)
  }

  mutating func append(codePoint point: UInt32) {
    switch point {
    case 0xDC00...0xDFFF:
      guard let high else { return append("\u{FFFD}") }
      self.high = nil
      append(Unicode.Scalar(0x10000 + (high & 0x3FF) << 10 + point & 0x3FF) ?? "\u{FFFD}")
    case 0xD800...0xDBFF:
      endHigh()
      high = point
    default: append(Unicode.Scalar(point) ?? "\u{FFFD}")
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    endHigh()
    bytes += Array(String(Character(scalar)).utf8)
  }

  private mutating func endHigh() {
    guard high != nil else { return }
    high = nil
    append("\u{FFFD}" as Unicode.Scalar)
  }
}
