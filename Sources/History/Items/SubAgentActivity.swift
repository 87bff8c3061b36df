import JSON
import Protocol
import Rollouts

extension ThreadItem.SubAgentActivity: ItemKind {
  static var events: [EventKind] { [.subAgentActivity] }
  static var completedTypes: [String] { ["SubAgentActivity"] }

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    Self(payload, id: id).map { .subAgentActivity($0) }
  }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    Self(item, id: id).map { .subAgentActivity($0) }
  }

  /// Creates an item; nil for an activity that clients do not know, since it would break strict
  /// clients.
  private init?(_ source: JSONValue, id: String) {
    guard let kind: SubAgentActivityKind = source.name("kind") else { return nil }
    self.init()
    self.id = id
    self.kind = kind
    agentThreadID = source.string("agent_thread_id") ?? ""
    agentPath = source.string("agent_path") ?? ""
    model = source.string("model")
    reasoningEffort = source.string("reasoning_effort")
  }
}
