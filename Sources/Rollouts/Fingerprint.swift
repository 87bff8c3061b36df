extension RecordLocation {
  /// The number of bytes at the beginning of a record that its fingerprint is made of, and at its
  /// end: those that tell the record's time, its kind and the beginning of its text, and how it
  /// ends. Between them, one word of eight bytes is taken in each of `samples` equal parts.
  private static let (head, tail, samples) = (64, 32, 16)

  /// The fingerprint of a record: a number from 1 on, made of some of its bytes (ROLLOUTS.md 5).
  ///
  /// It is made of each record that is read, so it must cost little beside parsing; the fingerprint
  /// of a record that was overwritten by any other one differs with near certainty.
  static func fingerprint(_ text: UnsafeBufferPointer<UInt8>) -> UInt16 {
    let bytes = UnsafeRawBufferPointer(text)
    return fingerprint(count: bytes.count) { offset in
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
  }

  /// The fingerprint of a record of a number of bytes.
  ///
  /// - Parameter word: Gives the eight bytes from an offset on.
  @inline(__always)
  static func fingerprint<E>(count: Int, word: (Int) throws(E) -> UInt64) throws(E) -> UInt16 {
    // No record is as short as a word.
    guard count > 8 else { return 1 }
    var sum = UInt64(truncatingIfNeeded: count)
    let last = count - 8
    var position = 0
    while position < min(head, last) {
      sum = (sum ^ (try word(position))) &* 0x9E37_79B9_7F4A_7C15
      position += 8
    }
    let step = (last - head - tail) / samples
    if step > 0 {
      while position < last - tail {
        sum = (sum ^ (try word(position))) &* 0x9E37_79B9_7F4A_7C15
        position += max(step, 8)
      }
    }
    position = max(last - tail, 0)
    while position <= last {
      sum = (sum ^ (try word(position))) &* 0x9E37_79B9_7F4A_7C15
      position += 8
    }
    return UInt16(truncatingIfNeeded: sum >> 48) | 1
  }
}
