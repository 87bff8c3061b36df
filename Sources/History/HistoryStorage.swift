package import JSON
import Rollouts
package import System

/// Turns the items of a model's input into a rollout that old and new readers, this program's and
/// others', show alike (HISTORY.md 6).
package struct HistoryStorage {
  package let id: UUID
  /// The time of everything in it, in ms since 1970.
  package let time: Int64
  package var cwd = ""
  /// The client's name.
  package var originator = ""
  package var cliVersion = ""
  package var modelProvider = ""
  package var baseInstructions: JSONText?
  /// As `turn_context` records them (ROLLOUTS.md 4.3).
  package var approvalPolicy = RawJSON.null
  package var sandboxPolicy = RawJSON.null
  package var model = ""
  package var effort: String?

  package init(id: UUID, time: Int64) {
    self.id = id
    self.time = time
  }

  /// Hands the rollout to `sink`, piece by piece, whole records each.
  package func write(
    _ items: [RawJSON], to sink: (RawSpan) throws(SystemError) -> Void
  ) throws(SystemError) {
    var records = RecordWriter(time: time, capacity: 64 * 1024)
    let parser = JSONParser()
    var turn: OpenTurn?
    records.append("session_meta", meta)
    for item in items {
      item.bytes.withUnsafeBufferPointer { bytes in
        // The items were parsed when the request was.
        guard let json = try? parser.parse(bytes) else { return }
        append(item, json, &turn, &records)
      }
      if records.bytes.count >= 64 * 1024 { try records.flush(to: sink) }
    }
    end(turn, &records)
    try records.flush(to: sink)
  }

  /// A turn that is being written.
  private struct OpenTurn {
    let id: String
    var lastAgentMessage: RawJSON = .null
  }

  private func append(
    _ item: RawJSON, _ json: JSONValue, _ turn: inout OpenTurn?, _ records: inout RecordWriter
  ) {
    switch json.string("type") {
    case "message"
    where json["role"]?.textEquals("user") == true && !isContext(json)
      && !isHookPrompt(json):
      end(turn, &records)
      turn = begin(&records)
      records.append("response_item", item)
      records.append("event_msg", userMessage(json))
    case "message" where json["role"]?.textEquals("assistant") == true && turn != nil:
      let text = joinedJSONText(json["content"])
      if !text.isEmpty {
        records.append("event_msg", agentMessage(text, json))
        turn?.lastAgentMessage = RawJSON(text)
      }
      records.append("response_item", item)
    case "reasoning" where turn != nil:
      let reasoning = reasoningText(json)
      for text in reasoning.summary {
        records.append("event_msg", reasoningEvent("agent_reasoning", text))
      }
      for text in reasoning.content {
        records.append("event_msg", reasoningEvent("agent_reasoning_raw_content", text))
      }
      records.append("response_item", item)
    default: records.append("response_item", item)
    }
  }

  private func begin(_ records: inout RecordWriter) -> OpenTurn {
    let turn = OpenTurn(id: UUID(version7At: time).description)
    records.append(
      "event_msg",
      [
        ("type", RawJSON("task_started")), ("turn_id", RawJSON(turn.id)),
        ("started_at", RawJSON(time / 1000)), ("model_context_window", .null),
      ])
    records.append("turn_context", context(of: turn))
    return turn
  }

  private func end(_ turn: OpenTurn?, _ records: inout RecordWriter) {
    guard let turn else { return }
    records.append(
      "event_msg",
      [
        ("type", RawJSON("task_complete")), ("turn_id", RawJSON(turn.id)),
        ("last_agent_message", turn.lastAgentMessage), ("completed_at", RawJSON(time / 1000)),
        ("duration_ms", RawJSON(Int64(0))),
      ])
  }
}

// The payloads.
extension HistoryStorage {
  private var meta: RecordWriter.Members {
    var meta = NewSessionMeta(id: id, time: time)
    meta.cwd = cwd
    meta.originator = originator
    meta.cliVersion = cliVersion
    meta.modelProvider = modelProvider
    meta.baseInstructions = baseInstructions.map { NewSessionMeta.instructions($0) }
    return meta.members
  }

  private func context(of turn: OpenTurn) -> RecordWriter.Members {
    [
      ("turn_id", RawJSON(turn.id)), ("cwd", RawJSON(cwd)), ("approval_policy", approvalPolicy),
      ("sandbox_policy", sandboxPolicy), ("model", RawJSON(model)), ("effort", RawJSON(effort)),
      ("summary", RawJSON("auto")),
    ]
  }

  /// What the user said, without what the program put there.
  private func userMessage(_ message: JSONValue) -> RecordWriter.Members {
    var text = JSONText()
    var images: [RawJSON] = []
    var audio: [RawJSON] = []
    message["content"]?.forEachElement { part in
      if let url = JSONText(part["image_url"]) {
        images.append(RawJSON(url))
      } else if let url = JSONText(part["audio_url"]) {
        audio.append(RawJSON(url))
      } else if !isContextPart(part), !isImageMark(part), let more = JSONText(part["text"]) {
        text += more
      }
    }
    let members: RecordWriter.Members = [
      ("type", RawJSON("user_message")), ("message", RawJSON(text)), ("images", RawJSON(images)),
      ("local_images", RawJSON([RawJSON]())), ("text_elements", RawJSON([RawJSON]())),
    ]
    return audio.isEmpty ? members : members + [("audio", RawJSON(audio))]
  }

  private func agentMessage(_ text: JSONText, _ message: JSONValue) -> RecordWriter.Members {
    [
      ("type", RawJSON("agent_message")), ("message", RawJSON(text)),
      ("phase", message["phase"].map { RawJSON($0) } ?? .null),
    ]
  }

  private func reasoningEvent(_ type: String, _ text: JSONText) -> RecordWriter.Members {
    [("type", RawJSON(type)), ("text", RawJSON(text))]
  }
}

extension RecordWriter {
  fileprivate mutating func flush(
    to sink: (RawSpan) throws(SystemError) -> Void
  ) throws(SystemError) {
    try sink(bytes.span.bytes)
    removeAll()
  }
}
