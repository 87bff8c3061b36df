/// What a zstd compressor could have made of bytes (RFC 8878): frames of blocks that are stored as
/// they are, or of one byte again and again.
package enum ZstdFrame {
  private static let blockLimit = 1 << 17

  /// The bytes as they are.
  package static func storing(_ bytes: [UInt8]) -> [UInt8] {
    var frame = header
    for start in stride(from: 0, to: max(bytes.count, 1), by: blockLimit) {
      let block = bytes[start..<min(start + blockLimit, bytes.count)]
      let isLast = start + blockLimit >= bytes.count
      frame += blockHeader(kind: 0, size: block.count, isLast: isLast) + block
    }
    return frame
  }

  /// One byte, so many whole blocks long.
  package static func repeating(_ byte: UInt8, blocks: Int) -> [UInt8] {
    var frame = header
    for block in 1...blocks {
      frame += blockHeader(kind: 1, size: blockLimit, isLast: block == blocks) + [byte]
    }
    return frame
  }

  /// A frame that decompressors pass over.
  package static func skippable(_ bytes: [UInt8]) -> [UInt8] {
    [0x50, 0x2A, 0x4D, 0x18] + (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) }
      + bytes
  }

  /// The bytes in a frame that asks for a window of 2⁴¹ bytes.
  package static func withHugeWindow(_ bytes: [UInt8]) -> [UInt8] {
    magic + [0x00, 31 << 3] + storing(bytes).dropFirst(header.count)
  }

  /// The bytes in a frame that was compressed with a dictionary, whose id is 5.
  package static func withDictionary(_ bytes: [UInt8]) -> [UInt8] {
    magic + [0x01, 7 << 3, 5] + storing(bytes).dropFirst(header.count)
  }

  private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

  /// No content size and no checksum, a window of 128 KiB.
  private static let header = magic + [0x00, 7 << 3]

  private static func blockHeader(kind: Int, size: Int, isLast: Bool) -> [UInt8] {
    let value = size << 3 | kind << 1 | (isLast ? 1 : 0)
    return (0..<3).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
