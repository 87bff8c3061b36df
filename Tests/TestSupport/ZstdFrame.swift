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

  /// Magic number, no content size and no checksum, a window of 128 KiB.
  private static let header: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 7 << 3]

  private static func blockHeader(kind: Int, size: Int, isLast: Bool) -> [UInt8] {
    let value = size << 3 | kind << 1 | (isLast ? 1 : 0)
    return (0..<3).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
