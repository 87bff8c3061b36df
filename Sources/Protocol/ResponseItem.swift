package import JSON

/// One item of a model's input, as a client gives it (PROTOCOL.md 5, History).
///
/// The type only serves to check an item; what is stored is the JSON that came (`ModelInput`).
package enum ResponseItem: WireUnion, Equatable {
  case message(Message)
  case reasoning(Reasoning)
  case localShellCall(LocalShellCall)
  case functionCall(FunctionCall)
  case functionCallOutput(FunctionCallOutput)
  case customToolCall(CustomToolCall)
  case customToolCallOutput(CustomToolCallOutput)
  case webSearchCall(WebSearchCall)
  case ghostSnapshot(GhostSnapshot)
  case compaction(Compaction)
  case additionalTools(AdditionalTools)
  case agentMessage(AgentMessage)
  case toolSearchCall(ToolSearchCall)
  case toolSearchOutput(ToolSearchOutput)
  case imageGenerationCall(ImageGenerationCall)
  case configurationUpdate(ConfigurationUpdate)
  case compactionTrigger
  case contextCompaction(ContextCompaction)
  /// An item of an unknown type, which is kept unchecked.
  case other

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("message", Self.message)
    try variant("reasoning", Self.reasoning)
    try variant("local_shell_call", Self.localShellCall)
    try variant("function_call", Self.functionCall)
    try variant("function_call_output", Self.functionCallOutput)
    try variant("custom_tool_call", Self.customToolCall)
    try variant("custom_tool_call_output", Self.customToolCallOutput)
    try variant("web_search_call", Self.webSearchCall)
    try variant("ghost_snapshot", Self.ghostSnapshot)
    try variant("compaction", Self.compaction)
    try variant("compaction_summary", Self.compaction, isNewer: true)
    try variant("additional_tools", Self.additionalTools, isNewer: true)
    try variant("agent_message", Self.agentMessage, isNewer: true)
    try variant("tool_search_call", Self.toolSearchCall, isNewer: true)
    try variant("tool_search_output", Self.toolSearchOutput, isNewer: true)
    try variant("image_generation_call", Self.imageGenerationCall, isNewer: true)
    try variant("configuration_update", Self.configurationUpdate, isNewer: true)
    try variant("compaction_trigger", .compactionTrigger, isNewer: true)
    try variant("context_compaction", Self.contextCompaction, isNewer: true)
    try variant("other", .other)
  }

  package static func unknown(_: JSONValue) -> ResponseItem? { .other }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .message(let item): variant("message", item)
    case .reasoning(let item): variant("reasoning", item)
    case .localShellCall(let item): variant("local_shell_call", item)
    case .functionCall(let item): variant("function_call", item)
    case .functionCallOutput(let item): variant("function_call_output", item)
    case .customToolCall(let item): variant("custom_tool_call", item)
    case .customToolCallOutput(let item): variant("custom_tool_call_output", item)
    case .webSearchCall(let item): variant("web_search_call", item)
    case .ghostSnapshot(let item): variant("ghost_snapshot", item)
    case .compaction(let item): variant("compaction", item)
    case .additionalTools(let item): variant("additional_tools", item)
    case .agentMessage(let item): variant("agent_message", item)
    case .toolSearchCall(let item): variant("tool_search_call", item)
    case .toolSearchOutput(let item): variant("tool_search_output", item)
    case .imageGenerationCall(let item): variant("image_generation_call", item)
    case .configurationUpdate(let item): variant("configuration_update", item)
    case .compactionTrigger: variant("compaction_trigger")
    case .contextCompaction(let item): variant("context_compaction", item)
    case .other: variant("other")
    }
  }
}

extension ResponseItem {
  /// Checks an item whose JSON is kept unchanged.
  ///
  /// - Throws: What is wrong with the item.
  package static func check(_ json: JSONValue) throws(JSONError) {
    _ = try ResponseItem(json: json)
  }
}
