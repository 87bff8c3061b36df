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
