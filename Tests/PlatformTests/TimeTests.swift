import Foundation
import Platform
import Testing

@Suite struct TimeTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (1_772_615_730_250, "2026-03-04T09:15:30.250Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (951_868_800_007, "2000-03-01T00:00:00.007Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
    ] as [(Int64, String)])
  func `milliseconds and text`(milliseconds: Int64, text: String) {
    #expect(RFC3339.format(milliseconds) == text)
    #expect(RFC3339.parse(text) == milliseconds)
  }

  @Test func `every day of four centuries is read as it is written`() {
    let day: Int64 = 86_400_000
    for number in Int64(-80_000)...80_000 {
      let noon = number * day + day / 2
      guard RFC3339.parse(RFC3339.format(noon)) != noon else { continue }
      Issue.record("\(RFC3339.format(noon))")
      return
    }
  }

  @Test(arguments: [
    "2026-03-04T09:15:30Z", "2026-03-04T09:15:30.0Z", "2026-03-04t09:15:30z",
    "2026-03-04 09:15:30.000000000Z", "2026-03-04T09:15:30.000999999Z",
    "2026-03-04T09:15:30+00:00", "2026-03-04T09:15:30-00:00", "2026-03-04T10:45:30+01:30",
    "2026-03-03T23:15:30.000-10:00",
    "2026-03-04T09:15:30.00000000000000000000000000000000000001Z",
  ])
  func `every form of the same moment`(text: String) {
    #expect(RFC3339.parse(text) == 1_772_615_730_000)
  }

  @Test(arguments: [
    "", "2026-03-04", "2026-03-04T09:15:30", "2026-03-04T09:15Z", "2026-03-04T09:15:30.Z",
    "2026-03-04T09:15:30Zx", " 2026-03-04T09:15:30Z", "2026-3-04T09:15:30Z",
    "2026-13-04T09:15:30Z", "2026-00-04T09:15:30Z", "2026-02-29T09:15:30Z", "1900-02-29T09:15:30Z",
    "2026-04-31T09:15:30Z", "2026-03-00T09:15:30Z", "2026-03-04T24:00:00Z", "2026-03-04T09:60:30Z",
    "2026-03-04T09:15:61Z", "2026-03-04T09:15:30+0100", "2026-03-04T09:15:30+01",
    "2026-03-04T09:15:30+24:00", "2026-03-04T09:15:30+01:60", "+026-03-04T09:15:30Z",
    "2026-03-04T09:15:30.1 Z", "2026_03_04T09:15:30Z", "１026-03-04T09:15:30Z",
  ])
  func `what is no timestamp`(text: String) {
    #expect(RFC3339.parse(text) == nil)
  }

  @Test func `a leap second is the first of the next minute`() {
    #expect(RFC3339.parse("2016-12-31T23:59:60Z") == RFC3339.parse("2017-01-01T00:00:00Z"))
  }

  @Test func `the clock runs`() {
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    #expect((now - 10_000...now + 10_000).contains(WallClock.now()))
  }

  @Test func `local time is the calendar's, there and back`() {
    for seconds in [Int64(0), 1_772_615_730, 1_785_000_000, -86_400] {
      let date = Date(timeIntervalSince1970: TimeInterval(seconds))
      let parts = Calendar(identifier: .gregorian).dateComponents(in: .current, from: date)
      let time = LocalTime(unixSeconds: seconds)
      #expect([time.year, time.month, time.day] == [parts.year, parts.month, parts.day])
      #expect([time.hour, time.minute, time.second] == [parts.hour, parts.minute, parts.second])
      #expect(time.unixSeconds == seconds)
    }
  }

  @Test func `local times sort by what counts most`() {
    let time = LocalTime(year: 2026, month: 3, day: 4, hour: 9, minute: 15, second: 30)
    #expect(time < LocalTime(year: 2026, month: 3, day: 4, hour: 9, minute: 16, second: 0))
    #expect(time > LocalTime(year: 2025, month: 12, day: 31, hour: 23, minute: 59, second: 59))
    #expect(time > LocalTime(year: 987, month: 12, day: 4, hour: 9, minute: 15, second: 30))
    #expect((time.year, time.month, time.day) == (2026, 3, 4))
  }
}
