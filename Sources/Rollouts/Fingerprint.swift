extension RecordLocation {
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

  /// The fingerprint of a record of a number of bytes: of its time, which is behind the first 16
  /// bytes, of words at sixteen places at equal distances, and of its end.
  ///
  /// - Parameter word: Gives the eight bytes from an offset on.
  @inline(__always)
  static func fingerprint<E>(count: Int, word: (Int) throws(E) -> UInt64) throws(E) -> UInt16 {
    // No record is as short as that.
    guard count > 40 else { return 1 }
    let last = count &- 8
    var sum = (UInt64(truncatingIfNeeded: count) ^ (try word(last))) &* factor
    sum = (sum ^ (try word(24))) &* factor
    sum = (sum ^ (try word(32))) &* factor
    let step = last >> 4
    var position = 0
    for _ in 0..<16 {
      sum = (sum ^ (try word(position))) &* factor
      position &+= step
    }
    return UInt16(truncatingIfNeeded: sum >> 48) | 1
  }

  @inline(__always)
  private static var factor: UInt64 { 0x9E37_79B9_7F4A_7C15 }
}
