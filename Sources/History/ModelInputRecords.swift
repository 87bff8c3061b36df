package import JSON
package import Platform
import Protocol
package import Rollouts

/// Makes the records of a new rollout from the items of a model's input, so that readers of all
/// versions, this program's and others, show them alike (HISTORY.md 6).
package struct ModelInputRecords {
  private let meta: NewSessionMeta
  /// The payload of the record that holds the thread's settings, in each turn.
  private let settings: RawJSON

  /// The time of all records, in ms since 1970.
  private var time: Int64 { meta.time }

  /// - Parameters:
  ///   - meta: The header. Its time is that of all records.
  ///   - settings: The payload of a `thread_settings_applied`. A `turn_context`, as earlier
  ///     versions wrote it, would make the original assume that the model has the client's
  ///     instructions, and withhold them.
  package init(_ meta: NewSessionMeta, settings: RawJSON) {
    self.meta = meta
    self.settings = settings
  }

  /// Hands the rollout to `sink` in pieces of whole records.
  ///
  /// - Parameter items: A JSON array that was parsed before.
  ///
  /// - Throws: What `sink` throws.
  package func write(
    _ items: [UInt8], to sink: (RawSpan) throws(SystemError) -> Void
  ) throws(SystemError) {
    var records = RecordWriter(time: time, capacity: 64 * 1024)
    var turn: OpenTurn?
    records.append("session_meta", meta.members)
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

  /// The turn that is being written.
  private struct OpenTurn {
    let id: UUID
    /// The id as text.
    let name: String
    var lastAgentMessage: JSONText?
  }

  private func append(
    _ item: JSONValue, _ turn: inout OpenTurn?, _ records: inout RecordWriter
  ) {
    switch item.string("type") {
    case "message"
    where ResponseMessage(item).isUserAuthored:
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
    records.append("event_msg", settings)
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

// The payloads of records.
extension ModelInputRecords {
  private func appendUserMessage(_ message: JSONValue, to records: inout RecordWriter) {
    let content = UserContent(message)
    records.append("event_msg") { member in
      member("type", "user_message")
      member("message", content.text)
      member("images", content.images)
      member("local_images", [RawJSON]())
      member("text_elements", [RawJSON]())
      if !content.audio.isEmpty { member("audio", content.audio) }
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
