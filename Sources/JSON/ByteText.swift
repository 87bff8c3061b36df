import LibC

// Comparing and searching bytes of text without making strings of them.
extension UnsafeBufferPointer<UInt8> {
  /// Whether the bytes are equal to these.
  public func equals(_ text: StaticString) -> Bool {
    equals(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Whether the bytes are equal to those of another buffer.
  public func equals(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == other.count else { return false }
    guard let one = baseAddress, let two = other.baseAddress else { return true }
    return memcmp(one, two, count) == 0
  }

  /// The index of the first occurrence of a byte from `start` on; nil where there is none.
  public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard let base = baseAddress, start < count,
      let found = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The index of the last occurrence of a byte before `end`; nil where there is none. Eight bytes
  /// are compared at a time, since not every system has a function to search backward.
  public func lastIndex(of byte: UInt8, before end: Int) -> Int? {
    let bytes = UnsafeRawBufferPointer(self)
    let wanted = UInt64(byte) &* 0x0101_0101_0101_0101
    var position = end
    while position >= 8 {
      let word = bytes.loadUnaligned(fromByteOffset: position - 8, as: UInt64.self) ^ wanted
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { break }
      position -= 8
    }
    return self[..<position].lastIndex(of: byte)
  }

  /// Whether the bytes contain a text, which must not be empty.
  public func contains(_ text: StaticString) -> Bool {
    firstIndex(of: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)) != nil
  }

  /// The index of the first occurrence of a sequence of bytes; nil where there is none, and for an
  /// empty sequence.
  public func firstIndex(of text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = baseAddress, let start = text.baseAddress, !text.isEmpty else { return nil }
    var position = 0
    while position + text.count <= count,
      let found = memchr(base + position, Int32(start[0]), count - position - text.count + 1)
    {
      position = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if memcmp(found, start, text.count) == 0 { return position }
      position += 1
    }
    return nil
  }
}
