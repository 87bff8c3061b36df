import JSON
import Protocol

extension ThreadItem.Sleep: ItemKind {
  static var completedTypes: [String] { ["Sleep"] }
  static var extensionKinds: [String] { ["clock.sleep"] }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    var sleep = Self()
    sleep.id = id
    let duration = item["duration_ms"] ?? item["durationMs"]
    sleep.durationMs = duration?.integer(as: UInt64.self) ?? 0
    return .sleep(sleep)
  }
}
