import JSON
import Protocol
import Rollouts

extension ThreadItem.Reasoning: ItemKind {
  static var events: [EventKind] { [.agentReasoning, .agentReasoningRawContent] }
  static var completedTypes: [String] { ["Reasoning"] }
  static var role: ItemRole { .reasoning }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    .reasoning(
      Self(id: id, summary: item["summary_text"]?.texts, content: item["raw_content"]?.texts))
  }

  /// Creates an item from a response item, which holds summaries and the reasoning itself.
  init(id: String, responseItem item: JSONValue) {
    self.init(id: id, summary: item["summary"]?.texts, content: item["content"]?.texts)
  }

  init(id: String, summary: [JSONText]? = nil, content: [JSONText]? = nil) {
    self.init()
    self.id = id
    self.summary = summary ?? []
    self.content = content ?? []
  }

  /// Whether the item has no text.
  var isEmpty: Bool { summary.isEmpty && content.isEmpty }

  /// Adds the text of an event: one item may consist of several events.
  mutating func add(_ event: Record) {
    guard let text = JSONText(event.payload["text"]) else { return }
    if event.kind == .event(.agentReasoning) { summary.append(text) } else { content.append(text) }
  }
}
