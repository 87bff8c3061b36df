package import JSON

/// An item of a turn.
package enum ThreadItem: WireUnion, Equatable {
  case userMessage(UserMessage)
  case hookPrompt(HookPrompt)
  case agentMessage(AgentMessage)
  case functionCallOutput(FunctionCallOutput)
  case plan(Plan)
  case reasoning(Reasoning)
  case commandExecution(CommandExecution)
  case fileChange(FileChange)
  /// Stored indirectly, since it is much larger than the other payloads, and every item takes the
  /// size of the largest payload.
  indirect case mcpToolCall(McpToolCall)
  case dynamicToolCall(DynamicToolCall)
  case collabAgentToolCall(CollabAgentToolCall)
  case subAgentActivity(SubAgentActivity)
  case webSearch(WebSearch)
  case imageView(ImageView)
  case sleep(Sleep)
  case imageGeneration(ImageGeneration)
  case enteredReviewMode(ReviewMode)
  case exitedReviewMode(ReviewMode)
  case contextCompaction(ContextCompaction)

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("userMessage", Self.userMessage)
    try variant("hookPrompt", Self.hookPrompt, isNewer: true)
    try variant("agentMessage", Self.agentMessage)
    try variant("functionCallOutput", Self.functionCallOutput, isNewer: true)
    try variant("plan", Self.plan)
    try variant("reasoning", Self.reasoning)
    try variant("commandExecution", Self.commandExecution)
    try variant("fileChange", Self.fileChange)
    try variant("mcpToolCall", Self.mcpToolCall)
    try variant("dynamicToolCall", Self.dynamicToolCall, isNewer: true)
    try variant("collabAgentToolCall", Self.collabAgentToolCall)
    try variant("subAgentActivity", Self.subAgentActivity, isNewer: true)
    try variant("webSearch", Self.webSearch)
    try variant("imageView", Self.imageView)
    try variant("sleep", Self.sleep, isNewer: true)
    try variant("imageGeneration", Self.imageGeneration, isNewer: true)
    try variant("enteredReviewMode", Self.enteredReviewMode)
    try variant("exitedReviewMode", Self.exitedReviewMode)
    try variant("contextCompaction", Self.contextCompaction)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .userMessage(let item): variant("userMessage", item)
    case .hookPrompt(let item): variant("hookPrompt", item)
    case .agentMessage(let item): variant("agentMessage", item)
    case .functionCallOutput(let item): variant("functionCallOutput", item)
    case .plan(let item): variant("plan", item)
    case .reasoning(let item): variant("reasoning", item)
    case .commandExecution(let item): variant("commandExecution", item)
    case .fileChange(let item): variant("fileChange", item)
    case .mcpToolCall(let item): variant("mcpToolCall", item)
    case .dynamicToolCall(let item): variant("dynamicToolCall", item)
    case .collabAgentToolCall(let item): variant("collabAgentToolCall", item)
    case .subAgentActivity(let item): variant("subAgentActivity", item)
    case .webSearch(let item): variant("webSearch", item)
    case .imageView(let item): variant("imageView", item)
    case .sleep(let item): variant("sleep", item)
    case .imageGeneration(let item): variant("imageGeneration", item)
    case .enteredReviewMode(let item): variant("enteredReviewMode", item)
    case .exitedReviewMode(let item): variant("exitedReviewMode", item)
    case .contextCompaction(let item): variant("contextCompaction", item)
    }
  }

  /// The item's id, unique in its turn and opaque (HISTORY.md 1).
  package var id: String { content.id }

  /// The payload of the item.
  package var content: any ThreadItemContent {
    switch self {
    case .userMessage(let item): item
    case .hookPrompt(let item): item
    case .agentMessage(let item): item
    case .functionCallOutput(let item): item
    case .plan(let item): item
    case .reasoning(let item): item
    case .commandExecution(let item): item
    case .fileChange(let item): item
    case .mcpToolCall(let item): item
    case .dynamicToolCall(let item): item
    case .collabAgentToolCall(let item): item
    case .subAgentActivity(let item): item
    case .webSearch(let item): item
    case .imageView(let item): item
    case .sleep(let item): item
    case .imageGeneration(let item): item
    case .enteredReviewMode(let item), .exitedReviewMode(let item): item
    case .contextCompaction(let item): item
    }
  }
}
