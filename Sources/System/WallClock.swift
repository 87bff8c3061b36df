#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The time of day.
package enum WallClock {
  /// Milliseconds since 1970 in UTC.
  package static func now() -> Int64 {
    let time = currentTime(of: CLOCK_REALTIME)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// A date and a time as a clock on the wall shows them, in no zone that it would know.
package struct LocalTime: Hashable, Sendable {
  package var year: Int
  /// From 1.
  package var month: Int
  /// From 1.
  package var day: Int
  package var hour: Int
  package var minute: Int
  package var second: Int

  package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

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
    (left.year, left.month, left.day, left.hour, left.minute, left.second)
      < (right.year, right.month, right.day, right.hour, right.minute, right.second)
  }
}

/// Milliseconds of a clock that is never set, for measuring how long something takes.
func monotonicMilliseconds() -> Int64 {
  let time = currentTime(of: CLOCK_MONOTONIC)
  return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}

private func currentTime(of clock: clockid_t) -> timespec {
  var time = timespec()
  clock_gettime(clock, &time)
  return time
}
