/// Timestamps in the format of RFC 3339.
package enum RFC3339 {
  /// The timestamp in UTC with milliseconds, for example `2026-03-04T09:15:30.250Z`.
  ///
  /// - Parameter milliseconds: The time in milliseconds since 1970.
  package static func format(_ milliseconds: Int64) -> String {
    let seconds = floorDivide(Int(milliseconds), by: 1000)
    let days = floorDivide(seconds, by: 86_400)
    let date = CivilDate(daysSince1970: days)
    let time = seconds - days * 86_400
    var text: [UInt8] = []
    text.reserveCapacity(24)
    text.append(decimal: date.year, digits: 4)
    text.append(UInt8(ascii: "-"))
    text.append(decimal: date.month, digits: 2)
    text.append(UInt8(ascii: "-"))
    text.append(decimal: date.day, digits: 2)
    text.append(UInt8(ascii: "T"))
    text.append(decimal: time / 3600, digits: 2)
    text.append(UInt8(ascii: ":"))
    text.append(decimal: time / 60 % 60, digits: 2)
    text.append(UInt8(ascii: ":"))
    text.append(decimal: time % 60, digits: 2)
    text.append(UInt8(ascii: "."))
    text.append(decimal: Int(milliseconds) - seconds * 1000, digits: 3)
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// The time in milliseconds since 1970, rounded down; nil if the text is not a timestamp.
  ///
  /// All forms of RFC 3339, section 5.6, are accepted: any zone, lower-case letters, and a space
  /// instead of the `T`.
  package static func parse(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { parse($0.span) }
  }

  /// The time in milliseconds since 1970, rounded down; nil if the text, which is in UTF-8, is not
  /// a timestamp.
  package static func parse(_ text: Span<UInt8>) -> Int64? {
    guard let date = date(text), let time = timeOfDay(text) else { return nil }
    var index = 19
    guard let milliseconds = fraction(text, at: &index), let offset = zoneOffset(text, at: &index),
      index == text.count
    else { return nil }
    let seconds = date.daysSince1970 * 86_400 + time - offset
    return Int64(seconds * 1000 + milliseconds)
  }

  private static func date(_ text: Span<UInt8>) -> CivilDate? {
    guard let year = text.decimal(at: 0, digits: 4), text.has("-", at: 4),
      let month = text.decimal(at: 5, digits: 2), text.has("-", at: 7),
      let day = text.decimal(at: 8, digits: 2)
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    return date.exists ? date : nil
  }

  /// The seconds since midnight; nil if there is no valid time of day. A leap second counts as the
  /// first second of the next minute.
  private static func timeOfDay(_ text: Span<UInt8>) -> Int? {
    guard text.has("T", at: 10) || text.has("t", at: 10) || text.has(" ", at: 10),
      let hour = text.decimal(at: 11, digits: 2), hour < 24, text.has(":", at: 13),
      let minute = text.decimal(at: 14, digits: 2), minute < 60, text.has(":", at: 16),
      let second = text.decimal(at: 17, digits: 2), second <= 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// The fraction of a second in milliseconds; 0 without a fraction, nil for a point without
  /// digits.
  private static func fraction(_ text: Span<UInt8>, at index: inout Int) -> Int? {
    guard text.has(".", at: index) else { return 0 }
    let start = index + 1
    index = start
    var milliseconds = 0
    var unit = 100
    while let digit = text.decimal(at: index, digits: 1) {
      milliseconds += digit * unit
      unit /= 10
      index += 1
    }
    return index > start ? milliseconds : nil
  }

  /// The offset of the zone from UTC in seconds, positive in the east; nil if there is no valid
  /// zone.
  private static func zoneOffset(_ text: Span<UInt8>, at index: inout Int) -> Int? {
    if text.has("Z", at: index) || text.has("z", at: index) {
      index += 1
      return 0
    }
    let isWest = text.has("-", at: index)
    guard isWest || text.has("+", at: index),
      let hours = text.decimal(at: index + 1, digits: 2), hours < 24, text.has(":", at: index + 3),
      let minutes = text.decimal(at: index + 4, digits: 2), minutes < 60
    else { return nil }
    index += 6
    let seconds = hours * 3600 + minutes * 60
    return isWest ? -seconds : seconds
  }
}

extension [UInt8] {
  /// Appends the last `digits` decimal digits of a number, with leading zeros.
  fileprivate mutating func append(decimal number: Int, digits: Int) {
    var unit = 1
    for _ in 1..<digits { unit *= 10 }
    while unit > 0 {
      append(UInt8(ascii: "0") + UInt8(abs(number) / unit % 10))
      unit /= 10
    }
  }
}
