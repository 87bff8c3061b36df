import LibC

extension JSONTape {
  @inline(__always)
  mutating func parseLiteral(_ name: StaticString, _ kind: JSONValue.Kind) throws(JSONError) {
    let length = name.utf8CodeUnitCount
    guard position + length <= count, memcmp(base + position, name.utf8Start, length) == 0 else {
      throw error("expected `\(name)`")
    }
    push(kind, from: position, to: position + length)
    position += length
  }

  /// Parses a number by RFC 8259, section 6: no leading zeros, no `+`, digits on both sides of the
  /// point.
  @inline(__always)
  mutating func parseNumber() throws(JSONError) {
    let start = position
    if base[position] == UInt8(ascii: "-") { position += 1 }
    if position < count, base[position] == UInt8(ascii: "0") {
      position += 1
    } else {
      try skipDigits()
    }
    if position < count, base[position] == UInt8(ascii: ".") {
      position += 1
      try skipDigits()
    }
    if position < count, base[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < count,
        base[position] == UInt8(ascii: "+") || base[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      try skipDigits()
    }
    push(.number, from: start, to: position)
  }

  @inline(__always)
  private mutating func skipDigits() throws(JSONError) {
    let start = position
    while position < count, base[position] &- UInt8(ascii: "0") < 10 { position += 1 }
    guard position > start else { throw error("expected a digit") }
  }

  /// Parses a string, eight bytes at a time up to quotes, escapes and control characters. Bytes
  /// beyond ASCII are only noted, and checked once for the whole string.
  @inline(__always)
  mutating func parseString() throws(JSONError) {
    position += 1
    let start = position
    var isPlain = true
    var seen: UInt64 = 0
    while true {
      while position + 8 <= count {
        let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
        let hit = bytesToLookAt(word)
        guard hit != 0 else {
          seen |= word
          position += 8
          continue
        }
        let run = hit.trailingZeroBitCount >> 3
        seen |= word & ((1 << UInt64(run * 8)) &- 1)
        position += run
        break
      }
      guard position < count else { throw error("unterminated string") }
      let byte = base[position]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") {
        isPlain = false
        try skipEscape()
      } else if byte < 0x20 {
        if isStrict { throw error("control character in a string") }
        isPlain = false
        position += 1
      } else {
        // Only the last few bytes of the text are read one by one.
        seen |= UInt64(byte)
        position += 1
      }
    }
    if seen & 0x8080_8080_8080_8080 != 0 {
      isPlain = false
      if isStrict, !isValidUTF8(base + start, count: position - start) {
        throw error("invalid UTF-8 in the string")
      }
    }
    push(.string, from: start, to: position, isPlain: isPlain)
    position += 1
  }

  /// Consumes one escape; in strict mode a surrogate needs its pair.
  private mutating func skipEscape() throws(JSONError) {
    guard position + 1 < count else { throw error("unterminated string") }
    switch base[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    case UInt8(ascii: "u"):
      guard let unit = hexUnit(base + position + 2, count - position - 2) else {
        throw error("invalid escape")
      }
      guard isStrict, unit & 0xF800 == 0xD800 else {
        position += 6
        return
      }
      guard unit < 0xDC00, let low = escapedUnit(at: position + 6), low & 0xFC00 == 0xDC00 else {
        throw JSONError.loneSurrogate(at: position)
      }
      position += 12
    default: throw error("invalid escape")
    }
  }

  private func escapedUnit(at index: Int) -> UInt16? {
    guard index + 1 < count, base[index] == UInt8(ascii: "\\"), base[index + 1] == UInt8(ascii: "u")
    else { return nil }
    return hexUnit(base + index + 2, count - index - 2)
  }
}

/// A mask with the high bit set in each byte that is a quote, a backslash or below 0x20. It is
/// exact up to the first such byte.
@inlinable @inline(__always)
public func bytesToLookAt(_ word: UInt64) -> UInt64 {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let quote = word ^ 0x2222_2222_2222_2222
  let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
  let control = (word &- 0x2020_2020_2020_2020) & ~word
  return ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | control)
    & 0x8080_8080_8080_8080
}

/// The value of four hexadecimal digits; nil where there are not four.
@inline(__always)
func hexUnit(_ digits: UnsafePointer<UInt8>, _ available: Int) -> UInt16? {
  guard available >= 4 else { return nil }
  var unit: UInt16 = 0
  for index in 0..<4 {
    let byte = digits[index]
    let digit: UInt8
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte &- UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte &- UInt8(ascii: "a") &+ 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte &- UInt8(ascii: "A") &+ 10
    default: return nil
    }
    unit = unit << 4 | UInt16(digit)
  }
  return unit
}
