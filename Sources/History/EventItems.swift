import JSON
import Protocol
import Rollouts

/// The item that an event is (HISTORY.md 2); nil where it is none.
func eventItem(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
  switch event {
  case .userMessage:
    .userMessage(
      ThreadItem.UserMessage(
        id: id, content: userContent(ofEvent: payload), clientID: payload.string("client_id")))
  case .agentMessage:
    JSONText(payload["message"]).map {
      .agentMessage(ThreadItem.AgentMessage(id: id, text: $0, of: payload))
    }
  case .contextCompacted: .contextCompaction(ThreadItem.ContextCompaction(id: id))
  case .enteredReviewMode:
    .enteredReviewMode(ThreadItem.ReviewMode(id: id, review: reviewRequest(payload)))
  case .exitedReviewMode:
    .exitedReviewMode(ThreadItem.ReviewMode(id: id, review: reviewResult(payload["review_output"])))
  case .execCommandEnd: .commandExecution(commandExecution(payload, id: id))
  case .patchApplyEnd: .fileChange(fileChange(payload, id: id))
  case .mcpToolCallEnd: .mcpToolCall(mcpToolCall(ofEvent: payload, id: id))
  case .webSearchEnd: .webSearch(webSearch(payload, id: id))
  case .imageGenerationEnd: .imageGeneration(imageGeneration(payload, id: id))
  case .viewImageToolCall:
    .imageView(ThreadItem.ImageView(id: id, path: path(payload.string("path") ?? "")))
  case .dynamicToolCallResponse: .dynamicToolCall(dynamicToolCall(payload, id: id))
  case .collabAgentSpawnEnd, .collabAgentInteractionEnd, .collabWaitingEnd, .collabCloseEnd,
    .collabResumeEnd:
    .collabAgentToolCall(collabAgentToolCall(event, payload, id: id))
  case .subAgentActivity: subAgentActivity(payload, id: id).map { .subAgentActivity($0) }
  default: nil
  }
}

/// A command that ran, from an event or a completed item: they have the same members.
func commandExecution(_ source: JSONValue, id: String) -> ThreadItem.CommandExecution {
  var item = ThreadItem.CommandExecution()
  item.id = id
  item.command = command(source["command"])
  item.cwd = path(source.string("cwd") ?? "")
  item.processID = source.string("process_id")
  item.source = source.string("source").flatMap { .init(rawValue: camelCase($0)) } ?? .agent
  item.commandActions = (source["parsed_cmd"]?.elements ?? []).map {
    CommandAction($0, cwd: item.cwd)
  }
  item.exitCode = source["exit_code"]?.integer(as: Int32.self)
  item.status =
    source.string("status").flatMap { .init(rawValue: camelCase($0)) }
    ?? ((item.exitCode ?? 0) == 0 ? .completed : .failed)
  item.aggregatedOutput = JSONText(source["aggregated_output"]).flatMap { $0.isEmpty ? nil : $0 }
  item.durationMs = durationMs(source["duration"])
  return item
}

/// The words joined as a shell would split them again; a text is one already.
func command(_ words: JSONValue?) -> String {
  words?.asString ?? shellCommand(strings(words))
}

func fileChange(_ source: JSONValue, id: String) -> ThreadItem.FileChange {
  var changes: [FileUpdateChange] = []
  source["changes"]?.forEachMember { path, change in
    if let change = fileUpdate(path.asString ?? "", change) { changes.append(change) }
  }
  let status: PatchApplyStatus =
    source.string("status").flatMap { .init(rawValue: camelCase($0)) }
    ?? (source["success"]?.asBool == false ? .failed : .completed)
  return ThreadItem.FileChange(id: id, changes: changes, status: status)
}

private func fileUpdate(_ path: String, _ change: JSONValue) -> FileUpdateChange? {
  switch change.string("type") {
  case "add":
    return FileUpdateChange(path: path, kind: .add, diff: JSONText(change["content"]) ?? "")
  case "delete":
    return FileUpdateChange(path: path, kind: .delete, diff: JSONText(change["content"]) ?? "")
  case "update":
    return FileUpdateChange(
      path: path, update: JSONText(change["unified_diff"]) ?? "",
      movedTo: change.string("move_path"))
  default: return nil
  }
}

private func mcpToolCall(ofEvent payload: JSONValue, id: String) -> ThreadItem.McpToolCall {
  let invocation = payload["invocation"]
  var item = ThreadItem.McpToolCall()
  item.id = id
  item.server = invocation?.string("server") ?? ""
  item.tool = invocation?.string("tool") ?? ""
  item.arguments = invocation?["arguments"].map { RawJSON($0) } ?? .null
  item.durationMs = durationMs(payload["duration"])
  let result = payload["result"]
  if let ok = result?["Ok"] {
    item.result = McpToolCallResult(ok)
    item.status = isError(ok) ? .failed : .completed
  } else {
    item.error = McpToolCallError(JSONText(result?["Err"]) ?? "")
    item.status = .failed
  }
  return item
}

private func isError(_ result: JSONValue) -> Bool {
  (result["isError"] ?? result["is_error"])?.asBool == true
}

func webSearch(_ source: JSONValue, id: String) -> ThreadItem.WebSearch {
  var item = ThreadItem.WebSearch()
  item.id = id
  item.query = source.string("query") ?? ""
  item.action = source.present("action").map { WebSearchAction($0) }
  item.results = source["results"].flatMap { $0.kind == .array ? RawJSON($0) : nil }
  return item
}

func imageGeneration(_ source: JSONValue, id: String) -> ThreadItem.ImageGeneration {
  var item = ThreadItem.ImageGeneration()
  item.id = id
  item.status = source.string("status") ?? "completed"
  item.revisedPrompt = JSONText(source["revised_prompt"])
  item.result = JSONText(source["result"]) ?? ""
  item.savedPath = source.string("saved_path")
  return item
}

/// Milliseconds of `{secs, nanos}`, cut.
func durationMs(_ duration: JSONValue?) -> Int64? {
  guard let seconds = duration?["secs"]?.asWholeNumber else { return nil }
  let nanoseconds = duration?["nanos"]?.asWholeNumber ?? 0
  let (ms, overflow) = seconds.multipliedReportingOverflow(by: 1000)
  return overflow ? nil : ms &+ nanoseconds / 1_000_000
}
