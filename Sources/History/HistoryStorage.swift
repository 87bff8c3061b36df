package import JSON
import Protocol
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
  ///
  /// - Parameter items: An array that was parsed before.
  package func write(
    _ items: [UInt8], to sink: (RawSpan) throws(SystemError) -> Void
  ) throws(SystemError) {
    var records = RecordWriter(time: time, capacity: 64 * 1024)
    var turn: OpenTurn?
    records.append("session_meta", meta)
    let parser = JSONParser()
    try items.withUnsafeBufferPointer { (bytes) throws(SystemError) in
      guard let array = try? parser.parse(bytes) else {
        preconditionFailure("what was parsed can be parsed again")
      }
      try array.forEachElement { (item) throws(SystemError) in
        append(item, &turn, &records)
        if records.bytes.count >= 64 * 1024 { try records.flush(to: sink) }
      }
    }
    end(turn, &records)
    try records.flush(to: sink)
  }

  /// A turn that is being written.
  private struct OpenTurn {
    let id: UUID
    /// The id as it is written.
    let name: String
    var lastAgentMessage: JSONText?
  }

  private func append(
    _ item: JSONValue, _ turn: inout OpenTurn?, _ records: inout RecordWriter
  ) {
    switch item.string("type") {
    case "message"
    where ResponseMessage(item).isOwnWords:
      end(turn, &records)
      turn = begin(after: turn, &records)
      records.append("response_item", item)
      appendUserMessage(item, to: &records)
    case "message" where item["role"]?.textEquals("assistant") == true && turn != nil:
      let text = ResponseMessage(item).text
      if !text.isEmpty {
        records.append("event_msg") { member in
          member("type", "agent_message")
          member("message", text)
          member("phase", item["phase"].map { RawJSON($0) })
        }
        turn?.lastAgentMessage = text
      }
      records.append("response_item", item)
    case "reasoning" where turn != nil:
      let reasoning = ThreadItem.Reasoning(id: "", responseItem: item)
      for text in reasoning.summary {
        append(text, asEvent: "agent_reasoning", to: &records)
      }
      for text in reasoning.content {
        append(text, asEvent: "agent_reasoning_raw_content", to: &records)
      }
      records.append("response_item", item)
    default: records.append("response_item", item)
    }
  }

  private func begin(after last: OpenTurn?, _ records: inout RecordWriter) -> OpenTurn {
    let id = last?.id.successor ?? UUID(version7At: time)
    let turn = OpenTurn(id: id, name: id.description)
    records.append("event_msg") { member in
      member("type", "task_started")
      member("turn_id", turn.name)
      member("started_at", time / 1000)
      member("model_context_window", RawJSON.null)
    }
    records.append("turn_context") { member in
      member("turn_id", turn.name)
      member("cwd", cwd)
      member("approval_policy", approvalPolicy)
      member("sandbox_policy", sandboxPolicy)
      member("model", model)
      member("effort", effort)
      member("summary", "auto")
    }
    return turn
  }

  private func end(_ turn: OpenTurn?, _ records: inout RecordWriter) {
    guard let turn else { return }
    records.append("event_msg") { member in
      member("type", "task_complete")
      member("turn_id", turn.name)
      member("last_agent_message", turn.lastAgentMessage)
      member("completed_at", time / 1000)
      member("duration_ms", Int64(0))
    }
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

  /// What the user said, without what the program put there.
  private func appendUserMessage(_ message: JSONValue, to records: inout RecordWriter) {
    var text = JSONText()
    var images: [JSONText] = []
    var audio: [JSONText] = []
    for part in ResponseMessage(message).ownParts {
      if let url = JSONText(part["image_url"]) {
        images.append(url)
      } else if let url = JSONText(part["audio_url"]) {
        audio.append(url)
      } else if let more = JSONText(part["text"]) {
        text += more
      }
    }
    records.append("event_msg") { member in
      member("type", "user_message")
      member("message", text)
      member("images", images)
      member("local_images", [RawJSON]())
      member("text_elements", [RawJSON]())
      if !audio.isEmpty { member("audio", audio) }
    }
  }

  private func append(_ text: JSONText, asEvent type: String, to records: inout RecordWriter) {
    records.append("event_msg") { member in
      member("type", type)
      member("text", text)
    }
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
