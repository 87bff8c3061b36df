import History
import JSON
import Platform
import Rollouts
import Testing

/// A history becomes a rollout that reads as the history did.
@Suite struct ModelInputRecordsTests {
  private static let user =
    #"{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}"#
  private static let agent =
    #"{"type":"message","role":"assistant","phase":"final_answer","content":[{"type":"output_text","text":"Hello"}]}"#
  private static let context =
    #"{"type":"message","role":"user","content":[{"type":"input_text","text":"<environment_context>a</environment_context>"}]}"#
  private static let hook =
    #"{"type":"message","role":"user","content":[{"type":"input_text","text":"<hook_prompt hook_run_id=\"r\">Go</hook_prompt>"}]}"#

  private static let settings =
    #"{"type":"thread_settings_applied","thread_settings":{"model":"m"}}"#

  private func stored(_ items: [String], with set: (inout NewSessionMeta) -> Void = { _ in }) throws
    -> [UInt8]
  {
    var meta = NewSessionMeta(id: try UUID(StoredRollout.id), time: 1_767_607_200_250)
    meta.cwd = "/w"
    set(&meta)
    let settings = RawJSON(validBytes: Array(Self.settings.utf8))
    var bytes: [UInt8] = []
    try ModelInputRecords(meta, settings: settings).write(
      Array("[\(items.joined(separator: ","))]".utf8),
      to: { (piece) throws(SystemError) in piece.withUnsafeBytes { bytes += $0 } })
    return bytes
  }

  private func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// The type of each record and of its payload.
  private func kinds(_ items: String...) throws -> [String] {
    try lines(stored(items)).map { line in
      try withJSON(Array(line.utf8)) { (json) throws(JSONError) in
        json["payload"]?.string("type") ?? json.string("type") ?? ""
      }
    }
  }

  private func turns(_ items: String...) throws -> [String] {
    try StoredRollout(stored(items)).turns().map {
      $0.replacing(/"id":"(rollout)?[-0-9a-f]+"/, with: "\"id\":\"new\"")
        .replacing(/"id":"item-[0-9]+"/, with: "\"id\":\"item\"")
    }
  }

  @Test func `sound comes back as it was given`() throws {
    let sound =
      #"{"type":"message","role":"user","content":[{"type":"input_audio","audio_url":"data:a"}]}"#
    #expect(try turns(sound).contains { $0.contains(#"{"type":"audio","url":"data:a"}"#) })
  }

  @Test func `the header and the records of a turn stand in their order`() throws {
    #expect(
      try kinds(
        Self.context, Self.user,
        #"{"type":"reasoning","summary":[{"type":"summary_text","text":"S"}],"content":[{"type":"text","text":"C"}]}"#,
        Self.agent) == [
          "session_meta", "message", "task_started", "thread_settings_applied", "message",
          "user_message", "agent_reasoning", "agent_reasoning_raw_content", "reasoning",
          "agent_message", "message", "task_complete",
        ])
  }

  @Test func `the records say what they are told`() throws {
    let written = try lines(
      stored([Self.user, Self.agent]) { meta in
        meta.originator = "probe"
        meta.cliVersion = "1.2.3"
        meta.modelProvider = "p"
        meta.runtimeWorkspaceRoots = ["/w", "/x"]
        meta.baseInstructions = NewSessionMeta.instructions("Be \"brief\"")
      })
    let beginning = #"{"timestamp":"2026-01-05T10:00:00.250Z","type":"#
    #expect(written.allSatisfy { $0.hasPrefix(beginning) })
    #expect(
      written[0] == beginning
        + #""session_meta","payload":{"session_id":"\#(StoredRollout.id)","id":"\#(StoredRollout.id)","timestamp":"2026-01-05T10:00:00.250Z","cwd":"/w","runtime_workspace_roots":["/w","/x"],"originator":"probe","cli_version":"1.2.3","source":"vscode","model_provider":"p","base_instructions":{"text":"Be \"brief\"","provenance":{"type":"custom"}},"history_mode":"legacy","context_window":{"window_id":"019c1000-0000-7000-8000-000000000002"}}}"#
    )
    let turn = try #require(
      written[1].firstMatch(of: /"turn_id":"([^"]*)","started_at":1767607200,/)
    ).output.1
    #expect(try UUID(String(turn)).timestamp == 1_767_607_200_250)
    #expect(written[2] == beginning + #""event_msg","payload":\#(Self.settings)}"#)
    #expect(
      written[7] == beginning
        + #""event_msg","payload":{"type":"task_complete","turn_id":"\#(turn)","last_agent_message":"Hello","completed_at":1767607200,"duration_ms":0}}"#
    )
  }

  @Test func `items are stored as they came, member for member, unknown ones too`() throws {
    let items = [
      Self.context, #"{"type":"brand_new","n":1.50e3,"big":12345678901234567890,"x":{"y":[null]}}"#,
      #"{"role":"user","extra":true,"type":"message","content":[{"text":"Hi","type":"input_text","more":[]}],"id":null}"#,
      #"{"type":"function_call","call_id":"c1","name":"shell","arguments":"{}","future":{"a":1}}"#,
      #"{"type":"function_call_output","call_id":"c1","output":{"content":"x","success":true}}"#,
      #"{"type":"local_shell_call","call_id":"c2","status":"completed","action":{"type":"exec","command":["ls"]}}"#,
      #"{"type":"custom_tool_call","call_id":"c3","name":"exec","input":"x"}"#,
      #"{"type":"custom_tool_call_output","call_id":"c3","output":"y"}"#,
      #"{"type":"web_search_call","action":{"type":"other"}}"#,
      #"{"type":"reasoning","summary":[],"encrypted_content":"xyz"}"#,
      #"{"type":"ghost_snapshot","ghost_commit":{"id":"1"}}"#,
      #"{"type":"compaction","encrypted_content":"xyz"}"#, Self.agent, #"{"no":"type"}"#,
    ]
    let payloads = try lines(stored(items)).compactMap { line in
      line.firstMatch(of: /"type":"response_item","payload":(.*)}$/).map { String($0.output.1) }
    }
    #expect(payloads == items)
  }

  @Test func `it is read as turns of messages`() throws {
    #expect(
      try turns(Self.user, Self.agent, Self.user, Self.agent) == [
        #"{"id":"new","status":"completed","startedAt":1767607200,"completedAt":1767607200,"durationMs":0}"#,
        #"  {"type":"userMessage","id":"item","content":[{"type":"text","text":"Hi","text_elements":[]}]}"#,
        #"  {"type":"agentMessage","id":"item","text":"Hello","phase":"final_answer"}"#,
        #"{"id":"new","status":"completed","startedAt":1767607200,"completedAt":1767607200,"durationMs":0}"#,
        #"  {"type":"userMessage","id":"item","content":[{"type":"text","text":"Hi","text_elements":[]}]}"#,
        #"  {"type":"agentMessage","id":"item","text":"Hello","phase":"final_answer"}"#,
      ])
  }

  @Test func `reasoning and calls are read back too`() throws {
    let read = try turns(
      Self.user,
      #"{"type":"reasoning","summary":[{"type":"summary_text","text":"S"},{"type":"summary_text","text":"T"}],"content":[{"type":"text","text":"C"}]}"#,
      #"{"type":"function_call","call_id":"call","name":"shell","arguments":"{\"command\":[\"ls\"]}"}"#,
      #"{"type":"function_call_output","call_id":"call","output":"Exit code: 0\nWall time: 1 seconds\nOutput:\na"}"#
    )
    #expect(read[2] == #"  {"type":"reasoning","id":"item","summary":["S","T"],"content":["C"]}"#)
    #expect(read[3].contains(#""id":"call","command":"ls","cwd":"/w""#))
    #expect(read[3].contains(#""aggregatedOutput":"a","exitCode":0"#))
  }

  @Test func `context opens no turn and shows nowhere`() throws {
    #expect(try turns(Self.context).isEmpty)
    #expect(
      try kinds(Self.context, #"{"type":"message","role":"developer","content":[]}"#)
        == ["session_meta", "message", "message"])
    #expect(try turns(Self.user, Self.context, Self.agent).count == 3)
  }

  @Test func `a history without a user's message shows what the agent said`() throws {
    let call = #"{"type":"function_call","call_id":"call","name":"x","arguments":"{}"}"#
    let read = try turns(Self.agent, call)
    #expect(read.count == 3)
    #expect(read[0] == #"{"id":"new","status":"completed"}"#)
    #expect(
      read[1] == #"  {"type":"agentMessage","id":"item","text":"Hello","phase":"final_answer"}"#)
    #expect(read[2].contains(#"{"type":"mcpToolCall","id":"call""#))
  }

  @Test func `a hook's prompt is an item of its turn`() throws {
    let read = try turns(Self.user, Self.agent, Self.hook, Self.agent)
    #expect(read.count == 5)
    #expect(read[3].contains(#""type":"hookPrompt""#))
  }

  @Test func `texts of parts are joined, context left out, images kept as such`() throws {
    let message =
      #"{"type":"message","role":"user","content":[{"type":"input_text","text":"<environment_context>a</environment_context>"},{"type":"input_text","text":"<image>"},{"type":"input_image","image_url":"data:,"},{"type":"input_text","text":"</image>"},{"type":"input_text","text":"What "},{"type":"input_text","text":"is it?"}]}"#
    #expect(
      try turns(message).last
        == #"  {"type":"userMessage","id":"item","content":[{"type":"text","text":"What is it?","text_elements":[]},{"type":"image","url":"data:,"}]}"#
    )
  }

  @Test func `an agent's message without text is stored but not told`() throws {
    let silent = #"{"type":"message","role":"assistant","content":[]}"#
    #expect(
      try kinds(Self.user, silent) == [
        "session_meta", "task_started", "thread_settings_applied", "message", "user_message",
        "message", "task_complete",
      ])
  }

  @Test func `an item is stored on one line, however it came`() throws {
    let spread = Self.user.replacing(",", with: " ,\n").replacing(":", with: " : ")
    #expect(try lines(stored([spread])).contains { $0.hasSuffix(#""payload":\#(Self.user)}"#) })
  }

  @Test func `a long history comes in pieces of whole records`() throws {
    let text = String(repeating: "x", count: 10_000)
    let meta = NewSessionMeta(id: try UUID(StoredRollout.id), time: 0)
    let storage = ModelInputRecords(meta, settings: .null)
    let item = Self.user.replacing("Hi", with: text)
    let items = Array(repeating: item, count: 100).joined(separator: ",")
    var ends: [UInt8] = []
    try storage.write(
      Array("[\(items)]".utf8),
      to: { (piece) throws(SystemError) in
        piece.withUnsafeBytes { if let last = $0.last { ends.append(last) } }
      })
    #expect(ends.count > 10)
    #expect(ends.allSatisfy { $0 == UInt8(ascii: "\n") })
  }
}
