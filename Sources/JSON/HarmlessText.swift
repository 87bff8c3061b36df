// Most bytes of an answer are texts that are passed on unchanged, and each byte has to be checked.
// So sixteen bytes are checked at a time. What is as frequent as an escaped line end or quote does
// not interrupt the loop, since a mispredicted branch costs three times the whole loop.

/// The index of the first character that cannot be copied unchanged, or `end`.
///
/// - Parameters:
///   - start: The index of the beginning of a character.
///   - areEscaped: Whether the text is that of a JSON string, whose escapes are kept.
func endOfHarmlessRun(
  _ base: UnsafePointer<UInt8>, from start: Int, to end: Int, areEscaped: Bool
) -> Int {
  var position = start
  while position < end {
    let run =
      areEscaped
      ? endOfEscapedBlocks(base, from: position, to: end)
      : endOfPlainBlocks(base, from: position, to: end)
    // The end of the blocks can be within an escape.
    let isCut = areEscaped && endsInsideEscape(base, from: position, to: run)
    position = isCut ? run + 1 : run
    // Characters that stopped the blocks, similar ones behind them, and a rest that is too short
    // for a block are checked one by one.
    while position < end, position + blockSize >= end || base[position] >= 0x80 || position == run {
      let length = harmlessLength(base + position, end - position, areEscaped: areEscaped)
      if length == 0 { return position }
      position += length
    }
  }
  return position
}

private let blockSize = 16
private typealias Block = SIMD16<UInt8>
private typealias BlockMask = SIMDMask<SIMD16<Int8>>

/// The index of the first byte in a text with escapes that is beyond ASCII, a control character, or
/// a backslash of an escape that is not simple; or an index within one block of the end.
///
/// A backslash before a character of a simple escape is harmless in any case, whether it begins
/// that escape or ends another one.
@inline(__always)
private func endOfEscapedBlocks(
  _ base: UnsafePointer<UInt8>, from start: Int, to end: Int
) -> Int {
  var position = start
  // One more byte is needed to see what follows the last byte of the block.
  while position + blockSize < end {
    let bytes = block(base + position)
    let next = block(base + position + 1)
    let isBackslash = bytes .== Block(repeating: UInt8(ascii: "\\"))
    let isSimple = equals(next, "n") .| equals(next, "\"") .| equals(next, "\\")
    let isRare = equals(next, "t") .| equals(next, "r") .| equals(next, "/")
    let isRarer = equals(next, "b") .| equals(next, "f")
    let isEscape = isSimple .| isRare .| isRarer
    let hit = isOutsideASCII(bytes) .| (isBackslash .& .!isEscape)
    if let index = firstIndex(hit) { return position + index }
    position += blockSize
  }
  return position
}

/// The index of the first byte in a text without escapes that is beyond ASCII, a control character,
/// a quote or a backslash; or an index within one block of the end.
@inline(__always)
private func endOfPlainBlocks(
  _ base: UnsafePointer<UInt8>, from start: Int, to end: Int
) -> Int {
  var position = start
  while position + blockSize <= end {
    let bytes = block(base + position)
    let isQuote = equals(bytes, "\"")
    let isBackslash = equals(bytes, "\\")
    let hit = isOutsideASCII(bytes) .| isQuote .| isBackslash
    if let index = firstIndex(hit) { return position + index }
    position += blockSize
  }
  return position
}

/// Whether a text consists of visible ASCII without quotes and backslashes, such as Base64.
public func isSolid(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let base = text.baseAddress, text.count >= blockSize else { return false }
  // The last block overlaps the one before. All blocks are read without a branch.
  var others = otherThanSolid(block(base + (text.count - blockSize)))
  var position = 0
  while position + blockSize <= text.count {
    others .|= otherThanSolid(block(base + position))
    position += blockSize
  }
  return firstIndex(others) == nil
}

/// A mask of the bytes that are not visible ASCII, or are quotes or backslashes.
@inline(__always)
private func otherThanSolid(_ bytes: Block) -> BlockMask {
  let isVisible = bytes &- Block(repeating: 0x21) .< Block(repeating: 0x5E)
  return .!isVisible .| equals(bytes, "\"") .| equals(bytes, "\\")
}

@inline(__always)
private func block(_ source: UnsafePointer<UInt8>) -> Block {
  UnsafeRawPointer(source).loadUnaligned(as: Block.self)
}

@inline(__always)
private func equals(_ bytes: Block, _ character: Unicode.Scalar) -> BlockMask {
  let repeated = Block(repeating: UInt8(ascii: character))
  return bytes .== repeated
}

/// A mask of the bytes that are control characters, 0x7F or beyond ASCII.
@inline(__always)
private func isOutsideASCII(_ bytes: Block) -> BlockMask {
  let space = Block(repeating: 0x20)
  let limit = Block(repeating: 0x5F)
  return (bytes &- space) .>= limit
}

/// The index of the first byte in a mask; nil where there is none.
@inline(__always)
private func firstIndex(_ mask: BlockMask) -> Int? {
  let words = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
  guard words[0] | words[1] != 0 else { return nil }
  let low = words[0].trailingZeroBitCount
  return (low < 64 ? low : 64 + words[1].trailingZeroBitCount) >> 3
}

/// Whether the byte before `end` is a backslash that begins an escape.
@inline(__always)
private func endsInsideEscape(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Bool {
  var backslashes = 0
  while end - backslashes > start, base[end - backslashes - 1] == UInt8(ascii: "\\") {
    backslashes += 1
  }
  return backslashes & 1 == 1
}

/// The length in bytes of the character at this place, if it can be copied unchanged; 0 otherwise.
/// Harmless ASCII, escapes of valid characters, and characters beyond ASCII that never end a line
/// can be copied.
@inline(__always)
private func harmlessLength(
  _ source: UnsafePointer<UInt8>, _ available: Int, areEscaped: Bool
) -> Int {
  let lead = source[0]
  if lead >= 0x80 {
    if available >= 4, let length = usualLength(source, lead) { return length }
    let (length, isValid) = utf8Sequence(source, available)
    return isValid && !splitsLines(source, length) ? length : 0
  }
  guard lead == UInt8(ascii: "\\") else {
    return lead < 0x20 || lead == 0x7F || lead == UInt8(ascii: "\"") ? 0 : 1
  }
  guard areEscaped, available > 1 else { return 0 }
  switch source[1] {
  case UInt8(ascii: "n"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "t"),
    UInt8(ascii: "r"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"):
    return 2
  case UInt8(ascii: "u"): return escapedCharacterLength(source, available)
  default: return 0
  }
}

/// The length of a valid character with one of the usual first bytes, found by comparing its bytes
/// at once; nil for other characters, and for those at which some readers split lines.
@inline(__always)
private func usualLength(_ source: UnsafePointer<UInt8>, _ lead: UInt8) -> Int? {
  let word = UInt32(littleEndian: UnsafeRawPointer(source).loadUnaligned(as: UInt32.self))
  if word & 0xC0E0 == 0x80C0, lead > 0xC2 { return 2 }
  if word & 0xC0_C0F0 == 0x80_80E0, lead > 0xE0, lead != 0xED {
    return word & 0xFE_FFFF == 0xA8_80E2 ? nil : 3
  }
  if word & 0xC0C0_C0F8 == 0x8080_80F0, lead < 0xF4, lead > 0xF0 || source[1] >= 0x90 { return 4 }
  return nil
}

/// The length of `\uXXXX`, or of both escapes of a surrogate pair; 0 for a lone surrogate.
private func escapedCharacterLength(_ source: UnsafePointer<UInt8>, _ available: Int) -> Int {
  guard let unit = hexUnit(source + 2, available - 2) else { return 0 }
  if unit & 0xF800 != 0xD800 { return 6 }
  let (scalar, consumed) = escapedScalar(source, available)
  return scalar == "\u{FFFD}" ? 0 : consumed
}

/// Whether a valid sequence is U+0085, U+2028 or U+2029, at which some readers split lines.
@inline(__always)
private func splitsLines(_ sequence: UnsafePointer<UInt8>, _ length: Int) -> Bool {
  switch length {
  case 2: sequence[0] == 0xC2 && sequence[1] == 0x85
  case 3: sequence[0] == 0xE2 && sequence[1] == 0x80 && sequence[2] & 0xFE == 0xA8
  default: false
  }
}
