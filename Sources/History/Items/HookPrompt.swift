import JSON
import Protocol

extension ThreadItem.HookPrompt: ItemKind {
  static var completedTypes: [String] { ["HookPrompt"] }
  static var role: ItemRole { .remark }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    let fragments = (item["fragments"]?.elements ?? []).map { fragment in
      HookPromptFragment(
        fragment.string("text") ?? "",
        runID: fragment.string("hook_run_id") ?? fragment.string("hookRunId") ?? "")
    }
    return .hookPrompt(Self(id: id, fragments))
  }

  /// Creates an item from the prompts that a message to the model consists of.
  init(id: String, _ prompts: [HookPromptText]) {
    self.init(id: id, prompts.map { HookPromptFragment($0.text, runID: $0.runID) })
  }

  private init(id: String, _ fragments: [HookPromptFragment]) {
    self.init()
    self.id = id
    self.fragments = fragments
  }
}

extension HookPromptFragment {
  fileprivate init(_ text: String, runID: String) {
    self.init()
    self.text = JSONText(text)
    hookRunID = runID
  }
}
