import JSON
import Protocol

extension ThreadItem {
  /// What a search looks through: what the user and the agent said, and what tools were given and
  /// gave.
  var searchedTexts: [String] {
    switch self {
    case .userMessage(let item): item.content.compactMap(\.searchedText)
    case .agentMessage(let item): [item.text.string]
    case .plan(let item): [item.text.string]
    case .enteredReviewMode(let item), .exitedReviewMode(let item): [item.review.string]
    case .commandExecution(let item):
      [item.command] + [item.aggregatedOutput].compactMap { $0?.string }
    case .fileChange(let item): item.changes.flatMap { [$0.path, $0.diff.string] }
    case .mcpToolCall(let item): item.searchedTexts
    case .dynamicToolCall(let item):
      [item.tool] + item.arguments.strings + (item.contentItems ?? []).compactMap(\.searchedText)
    case .collabAgentToolCall(let item):
      [item.prompt].compactMap { $0?.string }
        + item.agentsStates.members.compactMap { $0.value.message?.string }
    case .functionCallOutput(let item): [item.name] + item.output.strings
    case .webSearch(let item): [item.query]
    case .imageView(let item): [item.path]
    case .imageGeneration(let item): [item.revisedPrompt].compactMap { $0?.string }
    case .hookPrompt, .reasoning, .subAgentActivity, .sleep, .contextCompaction: []
    }
  }
}

extension ThreadItem.McpToolCall {
  fileprivate var searchedTexts: [String] {
    let content = result?.content.flatMap(\.texts) ?? []
    let structured = result?.structuredContent?.strings ?? []
    return [tool] + arguments.strings + content + structured
      + [error].compactMap { $0?.message.string }
  }
}

extension UserInput {
  fileprivate var searchedText: String? {
    if case .text(let part) = self { part.text.string } else { nil }
  }
}

extension DynamicToolCallOutputContentItem {
  fileprivate var searchedText: String? {
    if case .inputText(let part) = self { part.text.string } else { nil }
  }
}

extension RawJSON {
  /// All strings in the value, but for names of members.
  fileprivate var strings: [String] { read { $0.strings } }

  /// The text of a part of content; images and the like have none.
  fileprivate var texts: [String] { read { [$0.string("text")].compactMap { $0 } } }

  private func read(_ body: (JSONValue) -> [String]) -> [String] {
    (try? withJSON(bytes) { (json) throws(JSONError) in body(json) }) ?? []
  }
}

extension JSONValue {
  fileprivate var strings: [String] {
    switch kind {
    case .string: return [asString].compactMap { $0 }
    case .array: return elements.flatMap(\.strings)
    case .object:
      var found: [String] = []
      forEachMember { _, value in found += value.strings }
      return found
    default: return []
    }
  }
}
