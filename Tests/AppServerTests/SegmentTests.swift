import Foundation
import TestSupport
import Testing

@testable import AppServer

/// Segments of a thread that was reverted: which of them is the newest.
@Suite struct SegmentTests {
  private func home() throws -> WritableHome {
    let home = try WritableHome()
    try home.store(ForkTests.first + ForkTests.second, isPaginated: true)
    try home.ask("thread/resume", WritableHome.reference)
    return home
  }

  private func revert(_ home: WritableHome, before turn: String) throws -> (
    time: String, id: String
  ) {
    try home.ask("thread/revert", WritableHome.reference + #","beforeTurnId":"\#(turn)""#)
    let path = try home.thread("thread/read", WritableHome.reference).path
    let name = try #require(path.firstMatch(of: /rollout-(.{19})-.{36}_(.{36}).jsonl/))
    return (String(name.output.1), String(name.output.2))
  }

  /// Stores another segment, as another program would: with one turn, behind the first one.
  private func store(_ segment: String, at time: String, in home: WritableHome) throws {
    let header =
      #"{"timestamp":"2026-03-01T10:00:01.000Z","ordinal":8,"type":"session_meta","payload":{"id":"\#(WritableHome.id)","history_mode":"paginated","history_base":{"thread_id":"\#(WritableHome.id)","end_ordinal_exclusive":8}}}"#
    let turn =
      #"{"timestamp":"2026-03-01T10:00:01.000Z","ordinal":9,"type":"event_msg","payload":{"type":"task_started","turn_id":"other"}}"#
    let folder = time.prefix(10).replacing("-", with: "/")
    try home.folder.write(
      header + "\n" + turn + "\n",
      to: "home/sessions/\(folder)/rollout-\(time)-\(WritableHome.id)_\(segment).jsonl")
  }

  private func turns(_ home: WritableHome) throws -> [String] {
    try home.thread("thread/read", WritableHome.reference).turns.map(\.id)
  }

  @Test func `segments of one second are in order, and none is dated ahead`() throws {
    let home = try home()
    let first = try revert(home, before: "b")
    let second = try revert(home, before: "a")
    #expect(first.id < second.id)
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    let year = String(
      format: "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday)
    let clock = String(format: "%02d-%02d-%02d", parts.tm_hour, parts.tm_min, parts.tm_sec)
    #expect(first.time <= second.time && second.time <= "\(year)T\(clock)")
    #expect(try turns(home).isEmpty)
  }

  @Test func `what another program makes in that second is newer`() throws {
    let home = try home()
    let own = try revert(home, before: "a")
    // The greatest id of the millisecond.
    try store(own.id.prefix(13) + "-7fff-bfff-ffffffffffff", at: own.time, in: home)
    #expect(try turns(home) == ["a", "other"])
  }

  @Test func `a segment is the newest even if the clock was set back`() throws {
    let home = try home()
    try store("01f00000-0000-7000-8000-000000000001", at: "2031-01-01T10-00-00", in: home)
    #expect(try turns(home) == ["a", "other"])
    let own = try revert(home, before: "other")
    #expect(own.time == "2031-01-01T10-00-00", "the original goes by the times of names")
    #expect(own.id == "01f00000-0000-7000-8000-000000000002")
    #expect(try turns(home) == ["a"])
  }
}
