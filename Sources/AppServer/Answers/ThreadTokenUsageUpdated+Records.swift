import History
import JSON
import Library
import Platform
import Protocol
import Rollouts

extension ThreadTokenUsageUpdated {
  static let method = "thread/tokenUsage/updated"

  /// The last token usage that a thread recorded; nil if there is none, or no turn that it belongs
  /// to (PROTOCOL.md 5).
  init?(_ snapshot: ThreadSnapshot) {
    let plan = snapshot.history.plan
    guard let location = plan.usage.record, let turn = plan.usage.turnID,
      let usage = try? RecordWindow.read(
        location, of: snapshot.chain.files, { $0.payload["info"].map { ThreadTokenUsage($0) } })
    else { return nil }
    self.init()
    threadID = snapshot.id.description
    turnID = turn
    tokenUsage = usage
  }
}

extension ThreadTokenUsage {
  fileprivate init(_ info: JSONValue) {
    self.init()
    total = TokenUsageBreakdown(info["total_token_usage"])
    last = TokenUsageBreakdown(info["last_token_usage"])
    modelContextWindow = info["model_context_window"]?.asWholeNumber
  }
}

extension TokenUsageBreakdown {
  fileprivate init(_ usage: JSONValue?) {
    self.init()
    inputTokens = usage?["input_tokens"]?.asWholeNumber ?? 0
    cachedInputTokens = usage?["cached_input_tokens"]?.asWholeNumber ?? 0
    cacheWriteInputTokens = usage?["cache_write_input_tokens"]?.asWholeNumber ?? 0
    outputTokens = usage?["output_tokens"]?.asWholeNumber ?? 0
    reasoningOutputTokens = usage?["reasoning_output_tokens"]?.asWholeNumber ?? 0
    totalTokens = usage?["total_tokens"]?.asWholeNumber ?? 0
  }
}
