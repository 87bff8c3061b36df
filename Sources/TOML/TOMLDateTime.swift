/// The four kinds of dates and times (TOML 1.1, sections Offset Date-Time to Local Time; RFC 3339).
enum TOMLDateTime {
  /// Whether a token begins like a date or a time: no number begins with `dddd-` or `dd:`.
  static func isBegun(by token: ArraySlice<UInt8>) -> Bool {
    let digits = token.prefix(5).prefix(while: isDigit)
    let next = token.dropFirst(digits.count).first
    return digits.count == 4 && next == UInt8(ascii: "-")
      || digits.count == 2 && next == UInt8(ascii: ":")
  }

  /// Whether a token is an offset date-time, local date-time, local date or local time.
  static func isValid(_ token: ArraySlice<UInt8>) -> Bool {
    var rest = token
    guard token.dropFirst(2).first != UInt8(ascii: ":") else {
      return takeTime(&rest) && rest.isEmpty
    }
    guard takeDate(&rest) else { return false }
    guard let separator = rest.popFirst() else { return true }
    return "Tt ".utf8.contains(separator) && takeTime(&rest) && (rest.isEmpty || isOffset(rest))
  }

  private static func takeDate(_ text: inout ArraySlice<UInt8>) -> Bool {
    guard let year = takeNumber(&text, digits: 4), take("-", from: &text),
      let month = takeNumber(&text, digits: 2), 1...12 ~= month, take("-", from: &text),
      let day = takeNumber(&text, digits: 2)
    else { return false }
    return 1...days(inMonth: month, ofYear: year) ~= day
  }

  private static func days(inMonth month: Int, ofYear year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Takes hours and minutes off the front, and seconds with a fraction if there are any; a leap
  /// second is 60.
  private static func takeTime(_ text: inout ArraySlice<UInt8>) -> Bool {
    guard takeHoursAndMinutes(&text) else { return false }
    guard take(":", from: &text) else { return true }
    guard let second = takeNumber(&text, digits: 2), second <= 60 else { return false }
    guard take(".", from: &text) else { return true }
    let fraction = text.prefix(while: isDigit)
    text.removeFirst(fraction.count)
    return !fraction.isEmpty
  }

  /// Whether `text` is `Z` or a signed offset from UTC.
  private static func isOffset(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    if take("Z", from: &rest) || take("z", from: &rest) { return rest.isEmpty }
    guard take("+", from: &rest) || take("-", from: &rest) else { return false }
    return takeHoursAndMinutes(&rest) && rest.isEmpty
  }

  private static func takeHoursAndMinutes(_ text: inout ArraySlice<UInt8>) -> Bool {
    guard let hour = takeNumber(&text, digits: 2), hour <= 23, take(":", from: &text),
      let minute = takeNumber(&text, digits: 2), minute <= 59
    else { return false }
    return true
  }

  private static func takeNumber(_ text: inout ArraySlice<UInt8>, digits: Int) -> Int? {
    let number = text.prefix(digits)
    guard number.count == digits, number.allSatisfy(isDigit) else { return nil }
    text.removeFirst(digits)
    return number.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private static func take(
    _ character: Unicode.Scalar, from text: inout ArraySlice<UInt8>
  ) -> Bool {
    guard text.first == UInt8(ascii: character) else { return false }
    text.removeFirst()
    return true
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}
