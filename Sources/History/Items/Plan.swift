import JSON
import Protocol
import Rollouts

extension ThreadItem.Plan: ItemKind {
  static var completedTypes: [String] { ["Plan"] }
  static func effect(ofTool name: String) -> ToolEffect? { name == "update_plan" ? .plan : nil }
  static var role: ItemRole { .remark }

  static func isShown(_ source: JSONValue) -> Bool {
    JSONText(source["text"]).map { !$0.isBlank } ?? false
  }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    JSONText(item["text"]).map { .plan(Self(id: id, text: $0)) }
  }

  static func item(_ call: ToolCall, _ output: ToolOutput?) -> ThreadItem? {
    .plan(Self(id: call.id, text: text(of: call.arguments)))
  }

  private init(id: String, text: JSONText) {
    self.init()
    self.id = id
    self.text = text
  }

  /// The plan as a Markdown list, behind its explanation.
  private static func text(of arguments: JSONValue?) -> JSONText {
    let steps = (arguments?["plan"]?.elements ?? []).map { step in
      let mark =
        switch step.string("status") {
        case "completed": "x"
        case "in_progress": "~"
        default: " "
        }
      return "- [\(mark)] \(step.string("step") ?? "")"
    }
    let list = steps.joined(separator: "\n")
    guard let explanation = arguments?.string("explanation")?.trimmed, !explanation.isEmpty else {
      return JSONText(list)
    }
    return JSONText(explanation + "\n\n" + list)
  }

  var searchedTexts: [String] { [text.string] }
}
