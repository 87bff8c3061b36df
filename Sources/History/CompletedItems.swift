import JSON
import Protocol

/// The kinds of completed items that are items for every client (HISTORY.md 3); messages, which
/// have rules of their own, are not among them.
enum CompletedItemType: String {
  case fileChange = "FileChange"
  case mcpToolCall = "McpToolCall"
  case dynamicToolCall = "DynamicToolCall"
  case collabAgentToolCall = "CollabAgentToolCall"
  case webSearch = "WebSearch"
  case imageView = "ImageView"
  case imageGeneration = "ImageGeneration"
  case exitedReviewMode = "ExitedReviewMode"
  case contextCompaction = "ContextCompaction"
  case hookPrompt = "HookPrompt"
  case sleep = "Sleep"
  case subAgentActivity = "SubAgentActivity"
  case functionCallOutput = "FunctionCallOutput"
}

/// The item that a completed item is; nil for kinds that clients do not know.
func completedItem(_ item: JSONValue?, id: String) -> ThreadItem? {
  guard let item, let type = item.string("type") else { return nil }
  switch type {
  case "UserMessage":
    return .userMessage(
      ThreadItem.UserMessage(
        id: id, content: userContent(ofCompleted: item["content"]),
        clientID: item.string("client_id")))
  case "AgentMessage":
    return .agentMessage(
      ThreadItem.AgentMessage(id: id, text: joinedJSONText(item["content"]), of: item))
  case "Reasoning":
    return .reasoning(
      ThreadItem.Reasoning(
        id: id, summary: jsonTexts(item["summary_text"]), content: jsonTexts(item["raw_content"])))
  case "Plan": return JSONText(item["text"]).map { .plan(ThreadItem.Plan(id: id, text: $0)) }
  case "CommandExecution": return .commandExecution(commandExecution(item, id: id))
  case "EnteredReviewMode":
    let review = JSONText(item.present("review")) ?? reviewRequest(item)
    return .enteredReviewMode(ThreadItem.ReviewMode(id: id, review: review))
  default: return CompletedItemType(rawValue: type).flatMap { completedItem($0, item, id: id) }
  }
}

private func completedItem(
  _ type: CompletedItemType, _ item: JSONValue, id: String
) -> ThreadItem? {
  switch type {
  case .fileChange: .fileChange(fileChange(item, id: id))
  case .mcpToolCall: .mcpToolCall(mcpToolCall(item, id: id))
  case .dynamicToolCall: .dynamicToolCall(dynamicToolCall(item, id: id))
  case .collabAgentToolCall: collabAgentToolCall(item, id: id).map { .collabAgentToolCall($0) }
  case .webSearch: .webSearch(webSearch(item, id: id))
  case .imageView:
    .imageView(ThreadItem.ImageView(id: id, path: path(item.string("path") ?? "")))
  case .imageGeneration: .imageGeneration(imageGeneration(item, id: id))
  case .exitedReviewMode:
    .exitedReviewMode(
      ThreadItem.ReviewMode(
        id: id,
        review: JSONText(item.present("review")) ?? reviewResult(item["review_output"])))
  case .contextCompaction: .contextCompaction(ThreadItem.ContextCompaction(id: id))
  case .hookPrompt: .hookPrompt(completedHookPrompt(item, id: id))
  case .sleep:
    .sleep(
      ThreadItem.Sleep(id: id, durationMs: item["duration_ms"]?.integer(as: UInt64.self) ?? 0))
  case .subAgentActivity: subAgentActivity(item, id: id).map { .subAgentActivity($0) }
  case .functionCallOutput: .functionCallOutput(functionCallOutput(item, id: id))
  }
}

private func jsonTexts(_ list: JSONValue?) -> [JSONText] {
  (list?.elements ?? []).compactMap { JSONText($0) ?? JSONText($0["text"]) }
}

private func mcpToolCall(_ item: JSONValue, id: String) -> ThreadItem.McpToolCall {
  var call = ThreadItem.McpToolCall()
  call.id = id
  call.server = item.string("server") ?? ""
  call.tool = item.string("tool") ?? ""
  call.arguments = item["arguments"].map { RawJSON($0) } ?? .null
  call.status = item.string("status").flatMap { .init(rawValue: camelCase($0)) } ?? .completed
  call.durationMs = durationMs(item["duration"])
  call.result = item.present("result").map { McpToolCallResult($0) }
  call.error = item.present("error").map {
    McpToolCallError(JSONText($0) ?? JSONText($0["message"]) ?? "")
  }
  return call
}

/// From an event or a completed item: they have the same members.
func dynamicToolCall(_ source: JSONValue, id: String) -> ThreadItem.DynamicToolCall {
  var call = ThreadItem.DynamicToolCall()
  call.id = id
  call.namespace = source.string("namespace")
  call.tool = source.string("tool") ?? ""
  call.arguments = source["arguments"].map { RawJSON($0) } ?? .null
  call.success = source["success"]?.asBool
  call.status =
    source.string("status").flatMap { .init(rawValue: camelCase($0)) }
    ?? (call.success == false ? .failed : .completed)
  call.durationMs = durationMs(source["duration"])
  call.contentItems = source.present("content_items").map { items in
    items.elements.compactMap { DynamicToolCallOutputContentItem($0) }
  }
  return call
}

private func completedHookPrompt(_ item: JSONValue, id: String) -> ThreadItem.HookPrompt {
  let fragments = (item["fragments"]?.elements ?? []).map { fragment in
    (
      text: fragment.string("text") ?? "",
      runID: fragment.string("hook_run_id") ?? fragment.string("hookRunId") ?? ""
    )
  }
  return ThreadItem.HookPrompt(id: id, fragments: fragments)
}

/// A kind that clients do not know is left out: it would break strict ones.
func subAgentActivity(_ source: JSONValue, id: String) -> ThreadItem.SubAgentActivity? {
  guard
    let kind = source.string("kind").flatMap({ SubAgentActivityKind(rawValue: camelCase($0)) })
  else { return nil }
  var item = ThreadItem.SubAgentActivity()
  item.id = id
  item.kind = kind
  item.agentThreadID = source.string("agent_thread_id") ?? ""
  item.agentPath = source.string("agent_path") ?? ""
  item.model = source.string("model")
  item.reasoningEffort = source.string("reasoning_effort")
  return item
}

private func functionCallOutput(_ item: JSONValue, id: String) -> ThreadItem.FunctionCallOutput {
  var output = ThreadItem.FunctionCallOutput()
  output.id = id
  output.name = item.string("name") ?? ""
  output.namespace = item.string("namespace")
  output.output = item["output"].map { RawJSON($0) } ?? RawJSON("")
  return output
}
