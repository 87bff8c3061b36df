import Foundation
import TestSupport
import Testing

@testable import AppServer

/// What the headers of files say that go on from others: the original makes of them what its model
/// is given.
@Suite struct HeaderTests {
  static let tools =
    #"[{"type":"function","name":"lookup","description":"\#(String(repeating: "Looks up. ", count: 40_000))","inputSchema":{"type":"object","a":1.50}}]"#
  static let roots = #"[{"id":"r","location":{"type":"environment","path":"file:///r"}}]"#
  /// Of a parent, beside what every header has.
  static let members =
    #","session_id":"019c3000-0000-7000-8000-00000000000f","dynamic_tools":\#(tools),"#
    + #""selected_capability_roots":\#(roots),"multi_agent_version":"v2","memory_mode":"disabled","#
    + #""base_instructions":{"text":"Be brief.","provenance":{"type":"model","model":"m"}},"#
    + #""parent_thread_id":"019c3000-0000-7000-8000-00000000000f","agent_nickname":"Ada","#
    + #""context_window":{"window_id":"019c3000-0000-7000-8000-00000000000e"},"made_up":1"#

  private func home(isPaginated: Bool, _ members: String = members) throws -> WritableHome {
    let home = try WritableHome()
    try home.store(ForkTests.first + ForkTests.second, isPaginated: isPaginated, members: members)
    return home
  }

  @Test(arguments: [false, true])
  func `a fork takes over from its parent's header what its model is given`(_ isPaginated: Bool)
    throws
  {
    let home = try home(isPaginated: isPaginated)
    let fork = try home.thread("thread/fork", WritableHome.reference)
    let text = try #require(home.text(of: fork).split(separator: "\n").first)
    #expect(text.contains(#""dynamic_tools":\#(Self.tools),"#))
    #expect(text.contains(#""selected_capability_roots":\#(Self.roots),"#))
    #expect(
      text.contains(
        #""base_instructions":{"text":"Be brief.","provenance":{"type":"model","model":"m"}},"#))
    let header = try home.header(of: fork)
    #expect(header["session_id"] as? String == fork.id)
    #expect(header["forked_from_id"] as? String == WritableHome.id)
    #expect(header["originator"] as? String == "somebody")
    #expect(header["multi_agent_version"] as? String == "v2")
    #expect(header["runtime_workspace_roots"] as? [String] == ["/w"])
    #expect(header["history_mode"] as? String == (isPaginated ? "paginated" : "legacy"))
    let window = header["context_window"] as? [String: String]
    #expect(window?["window_id"] != "019c3000-0000-7000-8000-00000000000e")
    #expect(header["cli_version"] as? String == "0.163.0+reprise.1.0.0")
    for name in ["memory_mode", "parent_thread_id", "agent_nickname", "made_up"] {
      #expect(header[name] == nil)
    }
  }

  @Test func `what a request asks for goes before what the parent's header says`() throws {
    let home = try home(isPaginated: true)
    let fork = try home.thread(
      "thread/fork",
      WritableHome.reference
        + #","cwd":"/else","baseInstructions":"Be long.","threadSource":"user""#)
    let header = try home.header(of: fork)
    #expect(header["cwd"] as? String == "/else")
    #expect(header["runtime_workspace_roots"] as? [String] == ["/else"])
    #expect(header["thread_source"] as? String == "user")
    let instructions = header["base_instructions"] as? [String: Any]
    #expect(instructions?["text"] as? String == "Be long.")
    #expect(instructions?["provenance"] as? [String: String] == ["type": "custom"])
  }

  @Test func `how agents work together is told by the turns where the header does not`() throws {
    let home = try WritableHome()
    try home.store(
      [.started("a"), #"turn_context {"turn_id":"a","multi_agent_version":"v2"}"#]
        + .said("ask-a") + [.ended("a")], isPaginated: true)
    let fork = try home.thread("thread/fork", WritableHome.reference + #","beforeTurnId":"a""#)
    #expect(try home.header(of: fork)["multi_agent_version"] as? String == "v2")
  }

  @Test func `a new segment's header is that of the thread, member for member`() throws {
    let home = try home(isPaginated: true)
    try home.ask("thread/resume", WritableHome.reference)
    let before = try home.header(of: home.thread("thread/read", WritableHome.reference))
    try home.ask("thread/revert", WritableHome.reference + #","beforeTurnId":"b""#)
    let reverted = try home.thread("thread/read", WritableHome.reference)
    var header = try home.header(of: reverted)
    #expect(header["cli_version"] as? String == "0.163.0+reprise.1.0.0")
    let base = header.removeValue(forKey: "history_base") as? [String: Any]
    #expect(base?["thread_id"] as? String == WritableHome.id)
    #expect(base?["end_ordinal_exclusive"] as? Int == 8)
    header["cli_version"] = before["cli_version"]
    #expect(NSDictionary(dictionary: header) == NSDictionary(dictionary: before))
    #expect(try home.ordinals(of: reverted) == [8, 9])
  }

  @Test func `a fork that goes back before its own turns has as much less of its parent`() throws {
    let home = try home(isPaginated: true)
    let fork = try home.thread("thread/fork", WritableHome.reference)
    #expect(try home.header(of: fork)["forked_from_ordinal_exclusive"] as? Int == 15)
    for (turn, ordinal, base) in [("b", 8, 8), ("a", 0, nil)] {
      try home.ask("thread/revert", fork.reference + #","beforeTurnId":"\#(turn)""#)
      let reverted = try home.thread("thread/read", fork.reference)
      let header = try home.header(of: reverted)
      #expect(header["forked_from_ordinal_exclusive"] as? Int == ordinal)
      #expect(header["forked_from_id"] as? String == WritableHome.id)
      let found = header["history_base"] as? [String: Any]
      #expect(found?["end_ordinal_exclusive"] as? Int == base)
      #expect(found == nil || found?["thread_id"] as? String == WritableHome.id)
      #expect(try home.ordinals(of: reverted).first == ordinal)
    }
  }

  /// The methods that write to a paginated thread, and with what.
  static let writing: [(method: String, params: String)] = [
    ("thread/metadata/update", #","gitInfo":{"branch":"side"}"#), ("thread/resume", ""),
    ("thread/metadata/update", #","gitInfo":{"sha":"abc"}"#),
    ("thread/inject_items", #","items":[{"type":"message","role":"user","content":[]}]"#),
    ("thread/name/set", #","name":"A name""#), ("thread/fork", ""),
    ("thread/fork", #","lastTurnId":"b""#), ("thread/fork", #","beforeTurnId":"a""#),
    ("thread/fork", #","ephemeral":true"#), ("thread/rollback", #","numTurns":1"#),
    ("thread/metadata/update", #","gitInfo":{"branch":null}"#),
    ("thread/inject_items", #","items":[{"type":"message","role":"user","content":[]}]"#),
    ("thread/fork", #","lastTurnId":"a""#), ("thread/revert", #","beforeTurnId":"a""#),
    ("thread/metadata/update", #","gitInfo":{"branch":"other"}"#), ("thread/archive", ""),
    ("thread/metadata/update", #","gitInfo":{"originUrl":"https://example.org/a"}"#),
    ("thread/unarchive", ""),
  ]

  @Test func `a paginated file never gets a second header`() throws {
    let home = try home(isPaginated: true)
    for (method, params) in Self.writing {
      let answer = try home.ask(method, WritableHome.reference + params)
      #expect(answer.contains(#""result""#), "\(method) \(answer)")
      for rollout in home.rollouts {
        let lines = try home.folder.text(of: "home/" + rollout).split(separator: "\n")
        let headers = lines.indices.filter { lines[$0].contains(#""type":"session_meta""#) }
        #expect(headers == [0], "after \(method)")
      }
    }
    #expect(home.rollouts.count == 7)
  }

  @Test func `a fork of a paginated file outside of the home is a copy with one header`() throws {
    let home = try home(isPaginated: true)
    let outside = home.folder(String(try #require(WritableHome.path.split(separator: "/").last)))
    try FileManager.default.moveItem(
      atPath: home.folder("home/" + WritableHome.path), toPath: outside)
    let params = #""threadId":"","path":"\#(outside)""#
    let fork = try home.thread("thread/fork", params)
    #expect(fork.turns.map(\.id) == ["a", "b"])
    let text = try home.text(of: fork)
    #expect(text.matches(of: /"type":"session_meta"/).count == 1)
    #expect(try home.ordinals(of: fork) == Array(0...15))
    #expect(try home.header(of: fork)["history_base"] == nil)
    let part = try home.thread("thread/fork", params + #","lastTurnId":"a""#)
    #expect(part.turns.map(\.id) == ["a"])
    #expect(try home.ordinals(of: part) == Array(0...8))
  }
}
