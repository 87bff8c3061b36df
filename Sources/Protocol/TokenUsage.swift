package import JSON

/// The notification `thread/tokenUsage/updated`.
package struct ThreadTokenUsageUpdated: WireObject, Equatable {
  /// The id of the thread.
  package var threadID = ""
  /// The id of the turn that used tokens last (PROTOCOL.md 5).
  package var turnID = ""
  /// The tokens that the thread used.
  package var tokenUsage = ThreadTokenUsage()

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("threadId", &threadID)
    try field("turnId", &turnID)
    try field("tokenUsage", &tokenUsage)
  }
}

/// The tokens that a thread used.
package struct ThreadTokenUsage: WireObject, Equatable {
  /// All tokens of the thread.
  package var total = TokenUsageBreakdown()
  /// The tokens of the last response of the model.
  package var last = TokenUsageBreakdown()
  /// The number of tokens that the model's input can hold; null where none is recorded.
  package var modelContextWindow: Int64?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("total", &total)
    try field("last", &last)
    try field("modelContextWindow", &modelContextWindow)
  }
}

/// Numbers of tokens by their use.
package struct TokenUsageBreakdown: WireObject, Equatable {
  /// All tokens.
  package var totalTokens: Int64 = 0
  /// The tokens of the model's input, cached ones among them.
  package var inputTokens: Int64 = 0
  /// The tokens of the input that were read from a cache.
  package var cachedInputTokens: Int64 = 0
  /// The tokens of the input that were written to a cache.
  package var cacheWriteInputTokens: Int64 = 0
  /// The tokens of the model's output, those of reasoning among them.
  package var outputTokens: Int64 = 0
  /// The tokens of the output that were reasoning.
  package var reasoningOutputTokens: Int64 = 0

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("totalTokens", &totalTokens)
    try field("inputTokens", &inputTokens)
    try field("cachedInputTokens", &cachedInputTokens)
    try field("cacheWriteInputTokens", &cacheWriteInputTokens, [.defaulted, .newer])
    try field("outputTokens", &outputTokens)
    try field("reasoningOutputTokens", &reasoningOutputTokens)
  }
}
