import TestSupport
import Testing

@testable import AppServer

/// What kind of program made a thread, as clients are told.
@Suite struct SessionSourceTests {
  @Test(arguments: [
    (#""cli""#, #""cli""#), (#""mcp""#, #""appServer""#), (#""new""#, #""unknown""#),
    (#""appServer""#, #""unknown""#), ("5", #""unknown""#), ("{}", #""unknown""#),
    ("null", #""vscode""#), (#"{"internal":"x"}"#, #""unknown""#),
    (#"{"custom":"bot"}"#, #"{"custom":"bot"}"#), (#"{"custom":5}"#, #""unknown""#),
    (#"{"subagent":"review"}"#, #"{"subAgent":"review"}"#),
    (#"{"subagent":{"other":"helper"}}"#, #"{"subAgent":{"other":"helper"}}"#),
    (spawned("1"), spawn("null", "null", "null")),
    (spawned(#"1.0,"new":{}"#), spawn("null", "null", "null")),
    (
      spawned(#"1,"agent_path":"/root/a","agent_nickname":"N","agent_type":"worker""#),
      spawn(#""/root/a""#, #""N""#, #""worker""#)
    ),
    (
      spawned(#"1,"agent_path":[],"agent_nickname":7,"agent_role":{}"#),
      spawn("null", "null", "null")
    ),
  ])
  func `a recorded source goes out in the wire's words`(
    _ recorded: String, _ source: String
  ) throws {
    #expect(try sent(recorded) == source)
  }

  @Test(arguments: [
    (#""planning""#, "planning"), ("null", "unknown"), ("[]", "unknown"), ("{}", "unknown"),
    (#"{"other":5}"#, "unknown"), (#"{"thread_spawn":{}}"#, "unknown"),
    (#"{"thread_spawn":{"parent_thread_id":"\#(parent)","depth":1e10}}"#, "unknown"),
    (#"{"thread_spawn":{"parent_thread_id":"\#(parent)","depth":"1"}}"#, "unknown"),
    (#"{"thread_spawn":{"parent_thread_id":"\#(parent)"}}"#, "unknown"),
    (#"{"thread_spawn":{"parent_thread_id":7,"depth":1}}"#, "unknown"),
    (#"{"thread_spawn":{"parent_thread_id":"p","depth":1}}"#, "unknown"),
  ])
  func `a subagent of a kind that clients cannot read is another one`(
    _ kind: String, _ name: String
  ) throws {
    #expect(
      try sent("{\"subagent\":\(kind)}") == "{\"subAgent\":{\"other\":\"\(name)\"}}")
  }

  @Test func `what the header calls an agent goes before what its source does`() throws {
    let source = Self.spawned(#"1,"agent_nickname":"A","agent_path":"/root/a""#)
    #expect(
      try sent(source, #","agent_nickname":"B","agent_role":"R","agent_path":"/root/b""#)
        == Self.spawn(#""/root/a""#, #""B""#, #""R""#))
  }

  @Test func `a parent's id is written as ids are`() throws {
    let source = Self.spawned("1").replacing(Self.parent, with: Self.parent.uppercased())
    #expect(try sent(source) == Self.spawn("null", "null", "null"))
  }

  @Test func `the apps that people talk to are listed and found like terminal and editor`() throws {
    let home = try StoredHome()
    let sources = [
      #""cli""#, #"{"custom":"atlas"}"#, #"{"custom":"chatgpt"}"#, #"{"custom":"Atlas"}"#,
    ]
    for (index, source) in (sources + [#""exec""#]).enumerated() {
      try home.store(index + 1, [said("needle")], more: #","source":\#(source)"#)
    }
    let all = try home.ids("thread/list", "{}")
    #expect(all == [3, 2, 1].map(StoredHome.id))
    #expect(try home.ids("thread/list", #"{"sourceKinds":[]}"#) == all)
    #expect(try home.ids("thread/list", #"{"sourceKinds":["cli"]}"#) == [StoredHome.id(1)])
    #expect(try home.ids("thread/search", #"{"searchTerm":"needle"}"#) == all)
  }

  private static let parent = "019c2000-0000-7000-8000-0000000000aa"

  private static func spawned(_ depthAndMore: String) -> String {
    #"{"subagent":{"thread_spawn":{"parent_thread_id":"\#(parent)","depth":\#(depthAndMore)}}}"#
  }

  private static func spawn(_ path: String, _ nickname: String, _ role: String) -> String {
    #"{"subAgent":{"thread_spawn":{"parent_thread_id":"\#(parent)","depth":1,"#
      + #""agent_path":\#(path),"agent_nickname":\#(nickname),"agent_role":\#(role)}}}"#
  }

  private func sent(_ source: String, _ more: String = "") throws -> String {
    let home = try StoredHome()
    try home.store(1, [said("needle")], more: #","source":\#(source)\#(more)"#)
    let answer = try home.answer("thread/read", #"{"threadId":"\#(StoredHome.id(1))"}"#)
    let start = try #require(answer.firstRange(of: #""source":"#)).upperBound
    let end = try #require(answer.firstRange(of: #","threadSource""#)).lowerBound
    return String(answer[start..<end])
  }
}
