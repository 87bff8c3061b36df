import JSON
import Protocol
import Rollouts
import Testing

@testable import AppServer

@Suite struct SessionSourceTests {
  @Test(arguments: [
    (#""cli""#, #""cli""#), (#""mcp""#, #""appServer""#), (#""new""#, #""unknown""#),
    ("5", #""unknown""#), ("{}", #""unknown""#),
    (#"{"custom":"bot"}"#, #"{"custom":"bot"}"#), (#"{"custom":5}"#, #""unknown""#),
    (#"{"subagent":"review"}"#, #"{"subAgent":"review"}"#),
    (#"{"subagent":{"other":"guardian"}}"#, #"{"subAgent":{"other":"guardian"}}"#),
    (
      #"{"subagent":{"thread_spawn":{"parent_thread_id":"p","depth":1,"agent_role":null}}}"#,
      #"{"subAgent":{"thread_spawn":{"parent_thread_id":"p","depth":1,"agent_role":null}}}"#
    ),
  ])
  func `a recorded source goes out in the wire's words`(
    _ recorded: String, _ source: String
  ) {
    #expect(sent(recorded) == source)
  }

  @Test(arguments: [
    (#""planning""#, "planning"), ("null", "unknown"), ("[]", "unknown"), ("{}", "unknown"),
    (#"{"other":5}"#, "unknown"), (#"{"thread_spawn":{}}"#, "unknown"),
    (#"{"thread_spawn":{"parent_thread_id":"p","depth":1e10}}"#, "unknown"),
    (#"{"thread_spawn":{"parent_thread_id":7,"depth":1}}"#, "unknown"),
  ])
  func `a subagent of a kind that clients cannot read is another one`(
    _ kind: String, _ name: String
  ) {
    #expect(sent("{\"subagent\":\(kind)}") == "{\"subAgent\":{\"other\":\"\(name)\"}}")
  }

  private func sent(_ recorded: String) -> String {
    var meta = SessionMeta()
    meta.source = RawJSON(validBytes: Array(recorded.utf8))
    return String(decoding: RawJSON(SessionSource(meta)).bytes, as: UTF8.self)
  }
}
