/// Whether the bytes are well-formed UTF-8 (Unicode standard, table 3-7).
func isValidUTF8(_ bytes: UnsafePointer<UInt8>, count: Int) -> Bool {
  var position = 0
  while position < count {
    if position + 8 <= count,
      UnsafeRawPointer(bytes + position).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    {
      position += 8
    } else if bytes[position] < 0x80 {
      position += 1
    } else {
      let (length, isValid) = utf8Sequence(bytes + position, count - position)
      guard isValid else { return false }
      position += length
    }
  }
  return true
}

/// Checks the sequence that begins with a byte beyond ASCII.
///
/// - Returns: The length of a valid sequence, or else that of its longest invalid part, which one
///   U+FFFD replaces (Unicode standard, section 3.9).
@inline(__always)
func utf8Sequence(
  _ bytes: UnsafePointer<UInt8>, _ available: Int
) -> (length: Int, isValid: Bool) {
  let lead = bytes[0]
  let needed: Int
  var second: ClosedRange<UInt8> = 0x80...0xBF
  switch lead {
  case 0xC2...0xDF: needed = 2
  case 0xE0:
    needed = 3
    second = 0xA0...0xBF
  case 0xED:
    needed = 3
    second = 0x80...0x9F
  case 0xE1...0xEF: needed = 3
  case 0xF0:
    needed = 4
    second = 0x90...0xBF
  case 0xF4:
    needed = 4
    second = 0x80...0x8F
  case 0xF1...0xF3: needed = 4
  default: return (1, false)
  }
  guard available > 1, second.contains(bytes[1]) else { return (1, false) }
  var length = 2
  while length < needed {
    guard length < available, bytes[length] & 0xC0 == 0x80 else { return (length, false) }
    length += 1
  }
  return (needed, true)
}
