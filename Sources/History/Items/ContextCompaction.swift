import JSON
import Protocol
import Rollouts

extension ThreadItem.ContextCompaction: ItemKind {
  static var events: [EventKind] { [.contextCompacted] }
  static var completedTypes: [String] { ["ContextCompaction"] }
  static var role: ItemRole { .remark }

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    .contextCompaction(Self(id: id))
  }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    .contextCompaction(Self(id: id))
  }

  private init(id: String) {
    self.init()
    self.id = id
  }
}
