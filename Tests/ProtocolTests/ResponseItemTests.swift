import JSON
import Protocol
import Testing

@Suite struct ResponseItemTests {
  /// An item of each known type, with what it must have and no more.
  static let smallest: [String] = [
    #"{"type":"message","role":"user","content":[]}"#,
    #"{"type":"agent_message","author":"a","recipient":"b","content":[]}"#,
    #"{"type":"reasoning","summary":[]}"#,
    #"{"type":"local_shell_call","status":"completed","action":{"type":"exec","command":["ls"]}}"#,
    #"{"type":"function_call","name":"f","arguments":"{}","call_id":"c"}"#,
    #"{"type":"function_call_output","output":"x"}"#,
    #"{"type":"custom_tool_call","call_id":"c","name":"f","input":"i"}"#,
    #"{"type":"custom_tool_call_output","call_id":"c","output":"x"}"#,
    #"{"type":"ghost_snapshot","ghost_commit":{"id":"i","preexisting_untracked_files":[],"#
      + #""preexisting_untracked_dirs":[]}}"#,
    #"{"type":"compaction","encrypted_content":"e"}"#,
    #"{"type":"compaction_summary","encrypted_content":"e"}"#,
    #"{"type":"additional_tools","role":"r","tools":[1]}"#,
    #"{"type":"tool_search_call","execution":"e","arguments":{"q":1}}"#,
    #"{"type":"tool_search_output","execution":"e","status":"s","tools":[{}]}"#,
    #"{"type":"image_generation_call","status":"s","result":"r"}"#,
    #"{"type":"configuration_update","reasoning":{"effort":"low"}}"#,
    #"{"type":"web_search_call"}"#, #"{"type":"context_compaction"}"#,
    #"{"type":"compaction_trigger"}"#, #"{"type":"other"}"#,
  ]

  @Test(arguments: smallest)
  func `an item needs each of its required members`(_ json: String) throws {
    #expect(throws: Never.self) { try decoded(ResponseItem.self, json) }
    let members = try decoded(WireMap<RawJSON>.self, json).members.filter { $0.name != "type" }
    for (name, _) in members {
      let without = json.replacing("\"\(name)\":", with: "\"left_out\":")
      #expect(throws: JSONError("missing field `\(name)`")) {
        try decoded(ResponseItem.self, without)
      }
    }
  }

  @Test(arguments: smallest)
  func `an item is kept as it came`(_ json: String) throws {
    let more = json.dropLast() + #","extra":{"n":1.00,"s":"\u00e9"}}"#
    #expect(try kept(String(more)) == more)
    let item = try decoded(ResponseItem.self, json)
    #expect(try decoded(ResponseItem.self, text(item)) == item)
  }

  @Test func `an item of an unknown type is kept unchecked`() throws {
    let json = #"{"type":"dream","role":5,"content":null}"#
    #expect(try decoded(ResponseItem.self, json) == .other)
    #expect(try kept(json) == json)
  }

  @Test func `a message says what its parts say`() throws {
    let json = #"""
      {"type": "message", "id": null, "role": "user", "phase": "final_answer", "end_turn": true,
       "content": [{"type": "input_text", "text": "a\n"}, {"type": "output_text", "text": "b"},
                   {"type": "input_image", "image_url": "u", "detail": "high"},
                   {"type": "input_image", "file_id": "f"},
                   {"type": "input_audio", "audio_url": "v"}]}
      """#
    guard case .message(let message) = try decoded(ResponseItem.self, json) else {
      Issue.record("no message")
      return
    }
    #expect(message.role == "user" && message.phase == .finalAnswer && message.id == nil)
    #expect(
      message.content.map(text) == [
        #"{"type":"input_text","text":"a\n"}"#,
        #"{"type":"output_text","text":"b","annotations":null,"logprobs":null}"#,
        #"{"type":"input_image","image_url":"u","detail":"high"}"#,
        #"{"type":"input_image","file_id":"f","detail":null}"#,
        #"{"type":"input_audio","audio_url":"v"}"#,
      ])
  }

  static let refused: [(String, String)] = [
    ("{}", "missing field `type`"), (#"{"type":"message"}"#, "missing field `role`"),
    (#"{"type":"message","role":"user"}"#, "missing field `content`"),
    (
      #"{"type":"message","role":5,"content":[]}"#,
      "invalid type: integer `5`, expected a string"
    ),
    (
      #"{"type":"message","role":"user","content":[],"phase":"epilogue"}"#,
      "unknown variant `epilogue`, expected one of `commentary`, `partial_answer`, `final_answer`"
    ),
    (
      #"{"type":"message","role":"user","content":[{"type":"x"}]}"#,
      "unknown variant `x`, expected one of `input_text`, `input_image`, `input_audio`, "
        + "`output_text`"
    ),
    (#"{"type":"message","role":"user","content":[{"text":"x"}]}"#, "missing field `type`"),
    (
      #"{"type":"message","role":"user","content":[{"type":"input_image"}]}"#,
      "missing field `image_url`"
    ),
    (
      #"{"type":"message","role":"user","content":["x"]}"#,
      #"invalid type: string "x", expected internally tagged enum ContentItem"#
    ),
    (
      #"{"type":"reasoning","summary":[{"type":"text","text":"x"}]}"#,
      "unknown variant `text`, expected `summary_text`"
    ),
    (
      #"{"type":"reasoning","summary":[],"content":[{"type":"summary_text","text":"x"}]}"#,
      "unknown variant `summary_text`, expected `reasoning_text` or `text`"
    ),
    (
      #"{"type":"local_shell_call","status":"done","action":{"type":"exec","command":[]}}"#,
      "unknown variant `done`, expected one of `completed`, `in_progress`, `incomplete`"
    ),
    (
      #"{"type":"local_shell_call","status":"completed","#
        + #""action":{"type":"exec","command":[],"timeout_ms":-1}}"#,
      "invalid value: integer `-1`, expected u64"
    ),
  ]

  @Test(arguments: refused)
  func `an item is checked member by member`(_ json: String, _ message: String) {
    #expect(throws: JSONError(message)) { try kept(json) }
  }

  static let outputs: [String] = [
    #""text""#, #""""#, "[]", #"[{"type":"input_text","text":"x"}]"#,
    #"[{"type":"input_image","image_url":"u"},{"type":"input_audio","audio_url":"v"}]"#,
    #"{"content":"x"}"#, #"{"content":"x","content_items":null,"success":null}"#,
    #"{"content":"x","content_items":[{"type":"input_text","text":"x"}],"success":false,"y":1}"#,
  ]

  @Test(arguments: outputs, ["function_call_output", "custom_tool_call_output"])
  func `an output has one of three shapes`(_ output: String, _ type: String) throws {
    let json = #"{"type":"\#(type)","call_id":"c","output":\#(output)}"#
    #expect(try kept(json) == json)
  }

  static let noOutputs: [String] = [
    "5", "null", "true", "{}", "[5]", #"["x"]"#, #"[{"type":"output_text","text":"x"}]"#,
    #"[{"type":"input_text"}]"#, #"{"content":5}"#, #"{"content":"x","success":"yes"}"#,
    #"{"content":"x","content_items":{}}"#,
  ]

  @Test(arguments: noOutputs, ["function_call_output", "custom_tool_call_output"])
  func `what has none of them is refused in the same words`(_ output: String, _ type: String) {
    let json = #"{"type":"\#(type)","call_id":"c","output":\#(output)}"#
    let why = "data did not match any variant of untagged enum FunctionCallOutputBody"
    #expect(throws: JSONError(why)) { try kept(json) }
  }

  @Test func `a web search may have an action that nobody knows`() throws {
    let json = #"{"type":"web_search_call","action":{"type":"dance","url":5}}"#
    #expect(try kept(json) == json)
  }

  /// An item that was the only one of a history.
  private func kept(_ json: String) throws -> String {
    try String(text(decoded(ModelInput.self, "[\(json)]")).dropFirst().dropLast())
  }
}
