extension JSONWriter {
  /// Appends what stands between the quotes of a string.
  ///
  /// Runs of harmless ASCII, found eight bytes at a time, are copied whole. What is no UTF-8 becomes
  /// U+FFFD.
  ///
  /// - Parameter areEscaped: Whether `text` is from a JSON string, its escapes to be kept; a lone
  ///   surrogate among them becomes U+FFFD.
  package mutating func contents(_ text: UnsafeBufferPointer<UInt8>, areEscaped: Bool) {
    guard let base = text.baseAddress else { return }
    var start = 0
    var position = 0
    while true {
      position = endOfHarmlessRun(base, from: position, to: text.count)
      guard position < text.count else { break }
      let left = text.count - position
      let length = harmlessLength(base + position, left, areEscaped: areEscaped)
      if length > 0 {
        position += length
        continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(start: base + start, count: position - start))
      position += special(base + position, left, areEscaped: areEscaped)
      start = position
    }
    bytes.append(contentsOf: UnsafeBufferPointer(start: base + start, count: position - start))
  }

  /// Appends one character that cannot be copied as it is; returns how many bytes it took.
  private mutating func special(
    _ source: UnsafePointer<UInt8>, _ available: Int, areEscaped: Bool
  ) -> Int {
    switch source[0] {
    case UInt8(ascii: "\\") where areEscaped && available > 1 && source[1] == UInt8(ascii: "u"):
      // Not a character: a lone surrogate, or no digits.
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

/// How many bytes the character takes that begins here, if it can be copied as it is: an escape that
/// stands for a character, or a character beyond ASCII at which nobody splits lines. 0 otherwise.
@inline(__always)
private func harmlessLength(
  _ source: UnsafePointer<UInt8>, _ available: Int, areEscaped: Bool
) -> Int {
  let lead = source[0]
  if lead >= 0x80 {
    // The most usual leads by the shortest way; of C2 and E2 some split lines, of others some are
    // invalid.
    if lead > 0xC2, lead < 0xE0, available > 1, source[1] & 0xC0 == 0x80 { return 2 }
    if lead > 0xE2, lead < 0xED, available > 2, source[1] & 0xC0 == 0x80, source[2] & 0xC0 == 0x80 {
      return 3
    }
    let (length, isValid) = utf8Sequence(source, available)
    return isValid && !splitsLines(source, length) ? length : 0
  }
  guard areEscaped, lead == UInt8(ascii: "\\"), available > 1 else { return 0 }
  switch source[1] {
  case UInt8(ascii: "n"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "t"),
    UInt8(ascii: "r"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"):
    return 2
  case UInt8(ascii: "u"): return escapedCharacterLength(source, available)
  default: return 0
  }
}

/// The length of `\uXXXX`, or of the two of a surrogate pair; 0 for a lone surrogate.
private func escapedCharacterLength(_ source: UnsafePointer<UInt8>, _ available: Int) -> Int {
  guard let unit = hexUnit(source + 2, available - 2) else { return 0 }
  if unit & 0xF800 != 0xD800 { return 6 }
  let (scalar, consumed) = escapedScalar(source, available)
  return scalar == "\u{FFFD}" ? 0 : consumed
}

/// Whether a valid sequence is U+0085, U+2028 or U+2029.
@inline(__always)
private func splitsLines(_ sequence: UnsafePointer<UInt8>, _ length: Int) -> Bool {
  switch length {
  case 2: sequence[0] == 0xC2 && sequence[1] == 0x85
  case 3: sequence[0] == 0xE2 && sequence[1] == 0x80 && sequence[2] & 0xFE == 0xA8
  default: false
  }
}

/// Where the first byte stands that is beyond ASCII, a control character, a quote or a backslash.
@inline(__always)
private func endOfHarmlessRun(
  _ base: UnsafePointer<UInt8>, from start: Int, to end: Int
) -> Int {
  var position = start
  while position + 8 <= end {
    let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
    let delete = word ^ 0x7F7F_7F7F_7F7F_7F7F
    let hit =
      (bytesToLookAt(word) | word | (delete &- 0x0101_0101_0101_0101) & ~delete)
      & 0x8080_8080_8080_8080
    guard hit == 0 else { return position + hit.trailingZeroBitCount >> 3 }
    position += 8
  }
  while position < end {
    let byte = base[position]
    guard byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else {
      break
    }
    position += 1
  }
  return position
}
