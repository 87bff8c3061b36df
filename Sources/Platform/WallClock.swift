import LibC

/// The time of day.
package enum WallClock {
  /// Milliseconds since 1970 in UTC.
  package static func now() -> Int64 { wallClockNanoseconds() / 1_000_000 }
}

/// A date and a time as a clock on the wall shows them, in no zone that it would know.
package struct LocalTime: Hashable, Sendable {
  /// All parts in one number, the year first: there are as many as there are files.
  private let parts: Int64

  package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    parts =
      Int64(year) << 40 | Int64(month & 0xFF) << 32 | Int64(day & 0xFF) << 24
      | Int64(hour & 0xFF) << 16 | Int64(minute & 0xFF) << 8 | Int64(second & 0xFF)
  }

  package var year: Int { Int(parts >> 40) }
  /// From 1.
  package var month: Int { part(4) }
  /// From 1.
  package var day: Int { part(3) }
  package var hour: Int { part(2) }
  package var minute: Int { part(1) }
  package var second: Int { part(0) }

  private func part(_ index: Int64) -> Int { Int(parts >> (8 * index) & 0xFF) }

  /// What the wall showed, in the zone of this process, so many seconds after 1970 in UTC.
  package init(unixSeconds: Int64) {
    var seconds = time_t(unixSeconds)
    var parts = tm()
    tzset()  // localtime_r alone need not read TZ.
    localtime_r(&seconds, &parts)
    self.init(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
      hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec))
  }

  /// When the wall showed this in the zone of this process; one of the two where clocks went back.
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
  package static func < (left: LocalTime, right: LocalTime) -> Bool {
    left.parts < right.parts
  }
}

/// Milliseconds of a clock that is never set, for measuring how long something takes.
func monotonicMilliseconds() -> Int64 { monotonicNanoseconds() / 1_000_000 }
