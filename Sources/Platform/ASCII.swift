/// Parsing of short ASCII texts with a fixed layout.
extension Span where Element == UInt8 {
  /// Whether `text` occurs at `index`; false if it would extend beyond the ends.
  package func has(_ text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= count else { return false }
    for offset in 0..<text.utf8CodeUnitCount
    where self[index + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// The number that `digits` decimal digits at `index` represent; nil if there are fewer digits.
  package func decimal(at index: Int, digits: Int) -> Int? {
    guard index >= 0, index + digits <= count else { return nil }
    var number = 0
    for offset in index..<index + digits {
      let digit = self[offset] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }
}

extension StringProtocol {
  /// The text with each escape sequence replaced by its byte. Other text is kept, and invalid UTF-8
  /// in the result becomes U+FFFD.
  ///
  /// - Parameters:
  ///   - mark: The byte with which an escape sequence begins.
  ///   - digits: The number of digits after the mark.
  ///   - radix: The radix of the digits.
  package func decodingEscapes(after mark: UInt8, digits: Int, radix: Int) -> String {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.popFirst() {
      let code = rest.prefix(digits)
      if byte == mark, code.count == digits, code.first.map({ $0 >= UInt8(ascii: "0") }) ?? false,
        let decoded = UInt8(String(decoding: code, as: UTF8.self), radix: radix)
      {
        bytes.append(decoded)
        rest = rest.dropFirst(digits)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  /// Decodes UTF-8. Invalid bytes become U+FFFD.
  package init(_ utf8: Span<UInt8>) {
    self = utf8.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
