import JSON

/// Durations in whole milliseconds.
enum Milliseconds {
  /// The sum of two durations; the largest number where it does not fit.
  static func sum(_ one: Int64, _ other: Int64) -> Int64 {
    let (sum, overflow) = one.addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  /// The whole milliseconds of a number of seconds in decimal digits, cut and not rounded; nil for
  /// other texts.
  static func of(seconds: some Collection<UInt8>) -> Int64? {
    var total: Int64 = 0
    var unit: Int64 = 1000
    var isFraction = false
    guard !seconds.isEmpty else { return nil }
    for byte in seconds {
      if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
        continue
      }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      let digit = Int64(byte - UInt8(ascii: "0"))
      if isFraction {
        unit /= 10
        total += digit * unit
      } else {
        guard total < Int64.max / 100 else { return nil }
        total = total * 10 + digit * 1000
      }
    }
    return total
  }

  /// The whole milliseconds of a JSON number of seconds, cut and not rounded; nil for other values.
  static func of(seconds: JSONValue?) -> Int64? {
    guard let seconds else { return nil }
    // Very short durations are in scientific notation.
    return of(seconds: seconds.text)
      ?? seconds.asDouble.flatMap { Int64(exactly: ($0 * 1000).rounded(.towardZero)) }
  }
}
