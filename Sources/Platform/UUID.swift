/// A universally unique identifier (RFC 9562).
package struct UUID: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The nil UUID, whose bits are all 0. It is less than all others (RFC 9562, section 5.9).
  package static let zero = UUID(high: 0, low: 0)

  /// Creates a UUID of version 7, whose order is that of its time.
  ///
  /// - Parameter milliseconds: The time in milliseconds since 1970.
  package init(version7At milliseconds: Int64) {
    var generator = SystemRandomNumberGenerator()
    let time = UInt64(bitPattern: milliseconds) << 16
    high = time | 0x7000 | generator.next() & 0x0FFF
    low = 0x8000_0000_0000_0000 | generator.next() >> 2
  }

  /// The next UUID with this time. When many are created together, only the first one needs random
  /// bits from the system, and they sort in the order of creation (RFC 9562, section 6.2, method
  /// 2).
  package var successor: UUID {
    UUID(high: high, low: 0x8000_0000_0000_0000 | (low &+ 1) & 0x3FFF_FFFF_FFFF_FFFF)
  }

  /// The time in a UUID of version 7, in milliseconds since 1970; nil for other versions.
  package var timestamp: Int64? {
    high >> 12 & 0xF == 7 && low >> 62 == 0b10 ? Int64(high >> 16) : nil
  }
}

extension UUID: Comparable {
  /// Compares the bytes, which gives the order of the texts.
  package static func < (left: UUID, right: UUID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension UUID: CustomStringConvertible {
  /// The usual form: 36 characters in lower case, with dashes.
  package var description: String {
    String(unsafeUninitializedCapacity: 36) { buffer in
      write(to: buffer, at: 0)
      return 36
    }
  }

  /// Writes the 36 characters of the description into a buffer, from `start` on.
  package func write(to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
    writeDigits(of: high >> 32, count: 8, to: buffer, at: start)
    writeDigits(of: high >> 16, count: 4, to: buffer, at: start + 9)
    writeDigits(of: high, count: 4, to: buffer, at: start + 14)
    writeDigits(of: low >> 48, count: 4, to: buffer, at: start + 19)
    writeDigits(of: low, count: 12, to: buffer, at: start + 24)
    for dash in [8, 13, 18, 23] { buffer[start + dash] = UInt8(ascii: "-") }
  }
}

/// Writes the last hexadecimal digits of a number.
private func writeDigits(
  of number: UInt64, count: Int, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int
) {
  var rest = number
  for index in (start..<(start + count)).reversed() {
    let digit = UInt8(truncatingIfNeeded: rest & 0xF)
    buffer[index] = digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    rest >>= 4
  }
}

// Reading.
extension UUID {
  /// Reads a UUID in any usual form and any case: 36 characters with dashes, alone, in braces or
  /// after `urn:uuid:`, or 32 digits.
  package init(_ text: String) throws(UUIDError) {
    var copy = text
    guard let parsed = copy.withUTF8({ UUID(anyForm: $0.span) }) else { throw UUIDError(text) }
    self = parsed
  }

  private init?(anyForm text: Span<UInt8>) {
    switch text.count {
    case 32: self.init(text, at: 0, dashed: false)
    case 36: self.init(text, at: 0)
    case 38 where text.has("{", at: 0) && text.has("}", at: 37): self.init(text, at: 1)
    case 45 where text.has("urn:uuid:", at: 0): self.init(text, at: 9)
    default: return nil
    }
  }

  /// Reads a UUID of 36 characters with dashes at `start`, in any case; nil if there is none.
  package init?(_ text: Span<UInt8>, at start: Int) {
    self.init(text, at: start, dashed: true)
  }

  private init?(_ text: Span<UInt8>, at start: Int, dashed: Bool) {
    let length = dashed ? 36 : 32
    guard start >= 0, start + length <= text.count else { return nil }
    if dashed {
      guard text.has("-", at: start + 8), text.has("-", at: start + 13),
        text.has("-", at: start + 18), text.has("-", at: start + 23)
      else { return nil }
    }
    let dash = dashed ? 1 : 0
    guard let first = text.hexadecimal(at: start, digits: 8),
      let second = text.hexadecimal(at: start + 8 + dash, digits: 4),
      let third = text.hexadecimal(at: start + 12 + 2 * dash, digits: 4),
      let fourth = text.hexadecimal(at: start + 16 + 3 * dash, digits: 4),
      let fifth = text.hexadecimal(at: start + 20 + 4 * dash, digits: 12)
    else { return nil }
    self.init(high: first << 32 | second << 16 | third, low: fourth << 48 | fifth)
  }
}

extension Span where Element == UInt8 {
  /// The number that hexadecimal digits at `index` represent; nil if a character is not a digit.
  /// The text must be long enough.
  fileprivate func hexadecimal(at index: Int, digits: Int) -> UInt64? {
    var number: UInt64 = 0
    for offset in index..<index + digits {
      guard let digit = hexadecimalDigit(self[offset]) else { return nil }
      number = number << 4 | UInt64(digit)
    }
    return number
  }
}

/// The value of a hexadecimal digit in either case; nil for another character.
func hexadecimalDigit(_ character: UInt8) -> UInt8? {
  switch character {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
  default: nil
  }
}

extension String {
  /// The UUID in the text, in lower case with dashes, as ids are sent; nil if the text is not a
  /// UUID.
  package var normalizedID: String? { (try? UUID(self))?.description }
}
