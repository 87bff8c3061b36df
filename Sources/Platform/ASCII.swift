/// Steps of a parser over short ASCII texts of fixed layout.
extension Span where Element == UInt8 {
  /// Whether `text` stands at `index`, whole; false beyond the ends.
  package func has(_ text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= count else { return false }
    for offset in 0..<text.utf8CodeUnitCount
    where self[index + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// The number that `digits` decimal digits at `index` spell; nil where there are fewer.
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
  /// The text with the bytes that its escapes stand for: `mark` and so many digits each. What is no
  /// escape stays, and what then is no UTF-8 becomes U+FFFD.
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
  /// The text of UTF-8; what is none becomes U+FFFD.
  package init(_ utf8: Span<UInt8>) {
    self = utf8.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
