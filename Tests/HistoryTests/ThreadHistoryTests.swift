import Foundation
import History
import JSON
import Platform
import Protocol
import Rollouts
import Testing

/// What the records of a thread say of it as a whole.
@Suite struct ThreadHistoryTests {
  private func record(_ type: String, _ payload: String, at second: Int = 1) -> String {
    #"{"timestamp":"2026-01-05T10:00:\#(second < 10 ? "0" : "")\#(second).000Z","type":"\#(type)","payload":\#(payload)}"#
  }

  private func meta(_ members: String = "", id: String = StoredRollout.id) -> String {
    record(
      "session_meta", #"{"id":"\#(id)","timestamp":"2026-01-05T09:59:59.500Z"\#(members)}"#, at: 0)
  }

  private func thread(_ records: String...) throws -> ThreadHistory {
    try StoredRollout(Array(records.joined(separator: "\n").utf8)).thread
  }

  private static let other = "019c1000-0000-7000-8000-000000000002"
  private static let start: Int64 = 1_767_607_200_000

  @Test func `it was created when its header says, not when that was written`() throws {
    #expect(try thread(meta()).createdAt == Self.start - 500)
    #expect(
      try thread(record("session_meta", #"{"cwd":"/w"}"#, at: 7)).createdAt == Self.start + 7000)
    #expect(try thread(record("compacted", "{}")).createdAt == nil)
  }

  @Test(arguments: [
    ("response_item", #"{"type":"ghost_snapshot"}"#, true), ("compacted", #"{"message":""}"#, true),
    ("response_item", #"{"type":"reasoning","summary":[]}"#, true),
    ("event_msg", #"{"type":"user_message","message":"Hi"}"#, true),
    ("event_msg", #"{"type":"task_started","turn_id":"t"}"#, true),
    ("event_msg", #"{"type":"thread_rolled_back","num_turns":1}"#, true),
    ("event_msg", #"{"type":"token_count","info":null}"#, false),
    ("event_msg", #"{"type":"token_count","info":{}}"#, false),
    ("event_msg", #"{"type":"thread_name_updated","thread_name":"N"}"#, false),
    ("event_msg", #"{"type":"thread_settings_applied","thread_settings":{}}"#, false),
    ("event_msg", #"{"type":"brand_new"}"#, false), ("turn_context", "{}", false),
    ("session_meta", "{}", false), ("world_state", "{}", false),
  ])
  func `conversation makes it younger, other records do not`(
    _ type: String, _ payload: String, _ isConversation: Bool
  ) throws {
    let thread = try thread(
      meta(), record("compacted", "{}", at: 5), record(type, payload, at: 30))
    #expect(thread.updatedAt == Self.start + (isConversation ? 30_000 : 5_000))
  }

  @Test func `so does a record that is too long to be looked at`() throws {
    let text = String(repeating: "x", count: 600_000)
    let huge = record(
      "response_item", #"{"type":"reasoning","encrypted_content":"\#(text)"}"#, at: 40)
    let hello = record("event_msg", #"{"type":"agent_message","message":"Hi"}"#)
    #expect(try thread(meta(), hello, huge).updatedAt == Self.start + 40_000)
    #expect(try thread(meta(), hello).updatedAt == Self.start + 1000)
    #expect(try thread(meta()).updatedAt == nil)
  }

  @Test func `times may be numbers`() throws {
    let record = #"{"timestamp":1767607209.5,"type":"compacted","payload":{}}"#
    #expect(try thread(meta(), record).updatedAt == Self.start + 9_500)
  }

  @Test func `the state of Git is that of the last header of the thread itself`() throws {
    let thread = try thread(
      meta(#","git":{"branch":"old"}"#), meta(#","git":{"branch":"new"}"#), meta(),
      meta(#","git":{"branch":"parent"},"cwd":"/parent""#, id: Self.other))
    #expect(thread.git?.branch == "new")
    #expect(thread.meta.git?.branch == "old")
    #expect(thread.meta.cwd == nil)
    let cleared = try self.thread(meta(#","git":{"branch":"old"}"#), meta(#","git":{}"#))
    #expect(cleared.git?.branch == nil)
  }

  @Test func `an event tells Git of its own thread, and all of it`() throws {
    func event(_ git: String, id: String = StoredRollout.id) -> String {
      record(
        "event_msg",
        #"{"type":"turn_diff","unified_diff":"","thread_id":"\#(id)","reprise_git":\#(git)}"#,
        at: 40)
    }
    let old = meta(#","git":{"branch":"old","commit_hash":"a"}"#)
    let thread = try thread(
      old, record("compacted", "{}", at: 5), event(#"{"branch":"new"}"#),
      event(#"{"branch":"parent's"}"#, id: Self.other))
    #expect(thread.git == GitState(branch: "new"))
    #expect(thread.updatedAt == Self.start + 5000)
    #expect(try self.thread(old, event("{}")).git?.isEmpty == true)
    #expect(try self.thread(old, event("null")).git?.branch == "old")
    #expect(try self.thread(event(#"{"branch":"new"}"#), old).git?.branch == "old")
  }

  @Test func `the last name that is not blank counts, if it is for this thread`() throws {
    func named(_ name: String, _ id: String) -> String {
      record(
        "event_msg",
        #"{"type":"thread_name_updated","thread_id":"\#(id)","thread_name":"\#(name)"}"#)
    }
    let thread = try thread(
      meta(), named("One", StoredRollout.id), named(" Two ", StoredRollout.id),
      named(" ", StoredRollout.id), named("Other", Self.other))
    #expect(thread.name == "Two")
  }

  @Test(arguments: [
    (nil, false, false), ("legacy", true, false), ("paginated", false, true),
    ("brand_new", true, true), ("brand_new", false, false),
  ])
  func `a mode from the future counts by the ordinals`(
    _ mode: String?, _ hasOrdinals: Bool, _ isPaginated: Bool
  ) throws {
    let mode = mode.map { #","history_mode":"\#($0)""# } ?? ""
    let ordinal = hasOrdinals ? #""ordinal":0,"# : ""
    let line =
      #"{\#(ordinal)"type":"session_meta","payload":{"id":"\#(StoredRollout.id)"\#(mode)}}"#
    #expect((try thread(line).generation == .paginated) == isPaginated)
  }

  // MARK: Preview

  private func said(_ text: String) -> String {
    record("event_msg", #"{"type":"user_message","message":"\#(text)"}"#)
  }

  @Test func `it is shown as its first user's message that says something`() throws {
    #expect(try thread(meta(), said(" One\\n"), said("Two")).preview == "One")
    #expect(try thread(meta(), said(" "), said("Two")).preview == "Two")
    #expect(
      try thread(meta(), record("event_msg", #"{"type":"agent_message","message":"A"}"#)).preview
        == "")
  }

  @Test func `also if that was rolled back`() throws {
    let rollback = record("event_msg", #"{"type":"thread_rolled_back","num_turns":1}"#)
    #expect(try thread(meta(), said("One"), rollback, said("Two")).preview == "One")
  }

  @Test func `what editors put before the request is left out`() throws {
    let text = "# Context\\n## My request for Codex:\\n Do it\\n## My request for Codex:\\nno"
    #expect(try thread(meta(), said(text)).preview == "Do it\n## My request for Codex:\nno")
    #expect(try thread(meta(), said("## My request for Codex:\\n "), said("Two")).preview == "Two")
  }

  @Test func `images without words are shown as such`() throws {
    let image = #"{"type":"user_message","message":"","images":["data:,"]}"#
    #expect(try thread(meta(), record("event_msg", image), said("Two")).preview == "[Image]")
  }

  @Test func `a rebuilt message is shown until its event comes`() throws {
    func item(_ text: String) -> String {
      record(
        "response_item",
        #"{"type":"message","role":"user","content":[{"type":"input_text","text":"\#(text)"}]}"#)
    }
    let context = item("<environment_context>a</environment_context>")
    #expect(try thread(meta(), context, item("Rebuilt")).preview == "Rebuilt")
    #expect(try thread(meta(), item("Rebuilt"), said("Said")).preview == "Said")
    #expect(try thread(meta(), item("Old"), item("Rebuilt"), said("Said")).preview == "Old")
  }

  // MARK: Token usage

  @Test func `usage is told for the turn that held the last count`() throws {
    func event(_ type: String, _ members: String = "") -> String {
      record("event_msg", #"{"type":"\#(type)"\#(members)}"#)
    }
    let one = event("task_started", #","turn_id":"t1""#)
    let two = event("task_started", #","turn_id":"t2""#)
    let count = event("token_count", #","info":{"total_token_usage":{}}"#)
    let plain = event("token_count", #","info":null"#)
    #expect(try thread(meta(), one, count, two).plan.usage.turnID == "t1")
    #expect(try thread(meta(), one, count, two, plain).plan.usage.turnID == "t2")
    let done = event("task_complete", #","turn_id":"t1""#)
    let rollback = event("thread_rolled_back", #","num_turns":1"#)
    let rolledBack = try thread(meta(), one, done, two, count, rollback)
    #expect(rolledBack.plan.usage.turnID == "t1")
    #expect(rolledBack.plan.usage.record != nil)
    let aborted = event("turn_aborted", #","turn_id":"t1""#)
    #expect(try thread(meta(), one, aborted, two, count, rollback).plan.usage.turnID == "t1")
    let said = event("user_message", #","message":"Hi""#)
    let implicit = try thread(meta(), said, one, count, rollback).plan
    #expect(implicit.turns.count == 1 && implicit.usage.turnID == implicit.turns[0].id)
    #expect(try thread(meta(), one, plain).plan.usage.record == nil)
  }

  // MARK: Settings

  @Test func `the newest of a turn's context and applied settings counts`() throws {
    let context = record("turn_context", #"{"cwd":"/first","model":"m1","effort":"low"}"#)
    func applied(_ id: String) -> String {
      record(
        "event_msg",
        #"{"type":"thread_settings_applied","thread_id":"\#(id)","thread_settings":{"model":"m2","cwd":"/applied"}}"#
      )
    }
    let recorded = try thread(meta(), context, applied(Self.other)).recorded
    #expect(recorded.model == "m2" && recorded.reasoningEffort == nil)
    #expect(recorded.cwd == nil && recorded.firstContextCwd == "/first")
    #expect(try thread(meta(), applied(StoredRollout.id), context).recorded.model == "m1")
    #expect(try thread(meta(), applied(StoredRollout.id), context).recorded.cwd == "/applied")
  }
}
