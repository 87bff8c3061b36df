import JSON
import Protocol
import Rollouts

extension ThreadItem.AgentMessage: ItemKind {
  static var events: [EventKind] { [.agentMessage] }
  static var completedTypes: [String] { ["AgentMessage"] }
  static var role: ItemRole { .agentMessage }

  /// A question to the user, which a message of the agent shows too.
  static func effect(ofTool name: String) -> ToolEffect? {
    name == "request_user_input_async" ? .asksUser : nil
  }

  static func isShown(_ source: JSONValue) -> Bool {
    !(source["message"].flatMap { JSONText($0) } ?? "").isEmpty
  }

  /// - Parameter source: The event, completed item or response item that holds all members but the
  ///   text.
  init(id: String, text: JSONText, of source: JSONValue) {
    self.init()
    self.id = id
    self.text = text
    phase = source.string("phase").flatMap { MessagePhase(rawValue: $0) }
    memoryCitation = source.present("memory_citation").flatMap { MemoryCitation(recorded: $0) }
    delivery = source.name("delivery")
    questions = source.wire("questions")
  }

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    JSONText(payload["message"]).map { .agentMessage(Self(id: id, text: $0, of: payload)) }
  }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    .agentMessage(Self(id: id, text: item["content"]?.joinedText ?? "", of: item))
  }

  var searchedTexts: [String] { [text.string] }
}

extension MemoryCitation {
  fileprivate init?(recorded citation: JSONValue) {
    guard citation.kind == .object else { return nil }
    self.init()
    entries = (citation["entries"]?.elements ?? []).compactMap {
      MemoryCitationEntry(recorded: $0)
    }
    threadIDs = (citation["rolloutIds"] ?? citation["rollout_ids"])?.strings ?? []
  }
}

extension MemoryCitationEntry {
  fileprivate init?(recorded entry: JSONValue) {
    guard let path = entry.string("path") else { return nil }
    self.init()
    self.path = path
    lineStart = (entry["lineStart"] ?? entry["line_start"])?.integer(as: UInt32.self) ?? 0
    lineEnd = (entry["lineEnd"] ?? entry["line_end"])?.integer(as: UInt32.self) ?? 0
    note = entry.string("note") ?? ""
  }
}
