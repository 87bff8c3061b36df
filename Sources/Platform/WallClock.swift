import LibC

/// The clock of the system, which can be set.
package enum WallClock {
  /// The time in milliseconds since 1970 in UTC.
  package static func now() -> Int64 { wallClockNanoseconds() / 1_000_000 }
}

/// A date and a time of day without a time zone.
package struct LocalTime: Hashable, Sendable {
  /// All parts in one number, the year first. It saves memory, because there is one for each file.
  private let parts: Int64

  /// Creates a date and a time from their parts. Month and day count from 1.
  package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    parts =
      Int64(year) << 40 | Int64(month & 0xFF) << 32 | Int64(day & 0xFF) << 24
      | Int64(hour & 0xFF) << 16 | Int64(minute & 0xFF) << 8 | Int64(second & 0xFF)
  }

  /// The year.
  package var year: Int { Int(parts >> 40) }
  /// The month, from 1.
  package var month: Int { part(4) }
  /// The day of the month, from 1.
  package var day: Int { part(3) }
  /// The hour, from 0.
  package var hour: Int { part(2) }
  /// The minute, from 0.
  package var minute: Int { part(1) }
  /// The second, from 0.
  package var second: Int { part(0) }

  private func part(_ index: Int64) -> Int { Int(parts >> (8 * index) & 0xFF) }

  /// Creates the local time, in the time zone of this process, of a number of seconds since 1970 in
  /// UTC.
  package init(unixSeconds: Int64) {
    var seconds = time_t(unixSeconds)
    var parts = tm()
    tzset()  // localtime_r alone need not read TZ.
    localtime_r(&seconds, &parts)
    self.init(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
      hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec))
  }

  /// The seconds from 1970 in UTC to this local time, in the time zone of this process. It is one
  /// of two values for a time that occurs twice because clocks were set back.
  package var unixSeconds: Int64 {
    var parts = tm()
    parts.tm_year = Int32(truncatingIfNeeded: year - 1900)
    parts.tm_mon = Int32(truncatingIfNeeded: month - 1)
    parts.tm_mday = Int32(truncatingIfNeeded: day)
    parts.tm_hour = Int32(truncatingIfNeeded: hour)
    parts.tm_min = Int32(truncatingIfNeeded: minute)
    parts.tm_sec = Int32(truncatingIfNeeded: second)
    parts.tm_isdst = -1
    return Int64(mktime(&parts))
  }
}

extension LocalTime: Comparable {
  /// Whether the first date and time is earlier.
  package static func < (left: LocalTime, right: LocalTime) -> Bool {
    left.parts < right.parts
  }
}

/// The milliseconds of a clock that is never set, for measuring durations.
func monotonicMilliseconds() -> Int64 { monotonicNanoseconds() / 1_000_000 }
