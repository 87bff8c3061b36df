import JSON
import Protocol

extension ThreadItem.FunctionCallOutput: ItemKind {
  static var completedTypes: [String] { ["FunctionCallOutput"] }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    var output = Self()
    output.id = id
    output.name = item.string("name") ?? ""
    output.namespace = item.string("namespace")
    output.output = Self.output(item["output"])
    return .functionCallOutput(output)
  }

  /// The output as a text, or as an array of the parts that clients know.
  private static func output(_ recorded: JSONValue?) -> RawJSON {
    guard let recorded, recorded.kind == .array else {
      return RawJSON(JSONText(recorded) ?? JSONText(recorded?["content"]) ?? "")
    }
    let parts = recorded.elements.filter {
      (try? FunctionCallOutputContentItem(json: $0)) != nil
    }
    return RawJSON(parts.map { RawJSON($0) })
  }

  var searchedTexts: [String] { [name] + output.strings }
}
