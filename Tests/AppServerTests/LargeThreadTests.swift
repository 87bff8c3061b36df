import Foundation
import Platform
import TestSupport
import Testing

@testable import AppServer

/// What is shown of a thread's end does not cost what stands before: a file with 64 GB in its middle
/// that would take minutes to go over.
@Suite struct LargeThreadTests {
  private let home: StoredHome

  private struct Answer: Decodable {
    struct Result: Decodable {
      struct Thread: Decodable {
        let preview: String
        let model: String?
        let turns: [Row]
      }
      struct Row: Decodable {
        let id: String?
        let turnId: String?
      }
      struct Summary: Decodable { let preview: String }
      let data: [Row]?
      let thread: Thread?
      let summary: Summary?
      let model: String?
      let initialTurnsPage: Page?
      let nextCursor: String?
      let turnsBackwardsCursor: String?
    }
    struct Page: Decodable { let data: [Result.Row] }
    let result: Result?
  }

  init() throws {
    home = try StoredHome()
    try home.store(1, [began("one"), said("first"), ended("one")])
    let path = home.folder("home/" + StoredHome.path(1))
    let file = try FileHandle(forUpdating: URL(filePath: path))
    try file.truncate(atOffset: 64 << 30)
    try file.seekToEnd()
    var text = "\n"
    for turn in ["two", "three", "four"] {
      text += StoredHome.line("2026-03-01", "event_msg", began(turn))
      text += StoredHome.line("2026-03-01", "turn_context", #"{"cwd":"/w","model":"m-\#(turn)"}"#)
      text += StoredHome.line("2026-03-01", "event_msg", said(turn))
      text += StoredHome.line("2026-03-01", "event_msg", answered(turn))
      text += StoredHome.line("2026-03-01", "event_msg", ended(turn))
    }
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  private func ask(
    _ method: String, of thread: Int = 1, _ params: String = ""
  ) throws -> Answer.Result {
    let id = StoredHome.id(thread)
    let answer: Answer = try home.ask(
      method, #"{"threadId":"\#(id)","conversationId":"\#(id)"\#(params)}"#)
    return try #require(answer.result)
  }

  @Test(.timeLimit(.minutes(1))) func `a thread without its turns`() throws {
    let resumed = try ask("thread/resume", #","excludeTurns":true,"initialTurnsPage":{"limit":2}"#)
    #expect(resumed.model == "m-four")
    #expect(resumed.thread?.preview == "first")
    #expect(resumed.initialTurnsPage?.data.map(\.id) == ["four", "three"])
    #expect(try ask("thread/read").thread?.preview == "first")
    #expect(try ask("getConversationSummary").summary?.preview == "first")
  }

  @Test(.timeLimit(.minutes(1))) func `pages from the end`() throws {
    let last = try ask("thread/turns/list", #","limit":1"#)
    #expect(last.data?.map(\.id) == ["four"])
    let cursor = try #require(last.nextCursor)
    let text = String(decoding: try JSONEncoder().encode(cursor), as: UTF8.self)
    let before = try ask("thread/turns/list", #","limit":1,"cursor":\#(text)"#)
    #expect(before.data?.map(\.id) == ["three"])
    let after = try ask("thread/turns/list", #","sortDirection":"asc","cursor":\#(text)"#)
    #expect(after.data?.map(\.id) == [])
    let items = try ask("thread/items/list", #","limit":3,"sortDirection":"desc""#)
    #expect(items.data?.map(\.turnId) == ["four", "four", "three"])
    let turn = try ask("thread/items/list", #","turnId":"three""#)
    #expect(turn.data?.map(\.turnId) == ["three", "three"])
  }

  @Test(.timeLimit(.minutes(1))) func `a thread that stands on such a file`() throws {
    let day = "2026-03-02"
    let parent = try FileStatus(path: home.folder("home/" + StoredHome.path(1)))
    let meta =
      #"{"id":"\#(StoredHome.id(2))","timestamp":"\#(day)T08:00:00.000Z","cwd":"/w","#
      + #""history_base":{"thread_id":"\#(StoredHome.id(1))","end_byte_offset":\#(parent.size)}}"#
    let lines = [
      StoredHome.line(day, "session_meta", meta),
      StoredHome.line(day, "event_msg", began("five")),
      StoredHome.line(day, "turn_context", #"{"cwd":"/w","model":"m-five"}"#),
      StoredHome.line(day, "event_msg", said("five")),
    ]
    try home.folder.write(lines.joined(), to: "home/" + StoredHome.path(2))
    let resumed = try ask("thread/resume", of: 2, #","excludeTurns":true"#)
    #expect(resumed.model == "m-five")
    #expect(resumed.thread?.preview == "first")
    let turns = try ask("thread/turns/list", of: 2, #","limit":2"#)
    #expect(turns.data?.map(\.id) == ["five", "four"])
  }
}
