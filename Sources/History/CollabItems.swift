import JSON
import Protocol
import Rollouts

/// A call that agents work together by, from its event.
func collabAgentToolCall(
  _ event: EventKind, _ payload: JSONValue, id: String
) -> ThreadItem.CollabAgentToolCall {
  var item = ThreadItem.CollabAgentToolCall()
  item.id = id
  item.tool = collabTool(event)
  item.senderThreadID = payload.string("sender_thread_id") ?? ""
  item.prompt = payload.string("prompt").map { JSONText($0) }
  item.model = payload.string("model")
  item.reasoningEffort = payload.string("reasoning_effort")
  if let receiver = payload.string("new_thread_id") ?? payload.string("receiver_thread_id") {
    item.receiverThreadIDs = [receiver]
    if let status = payload.present("status") { item.add(agentState(status), of: receiver) }
  }
  payload["statuses"]?.forEachMember { thread, status in
    guard let thread = thread.asString else { return }
    item.receiverThreadIDs.append(thread)
    item.add(agentState(status), of: thread)
  }
  // An agent that could not be made has no thread that would tell.
  let isSpawned = event != .collabAgentSpawnEnd || !item.receiverThreadIDs.isEmpty
  item.status = isSpawned ? item.statusByAgents : .failed
  return item
}

private func collabTool(_ event: EventKind) -> CollabAgentTool {
  switch event {
  case .collabAgentSpawnEnd: .spawnAgent
  case .collabAgentInteractionEnd: .sendInput
  case .collabCloseEnd: .closeAgent
  case .collabResumeEnd: .resumeAgent
  default: .wait
  }
}

/// The same, from a completed item.
func collabAgentToolCall(_ source: JSONValue, id: String) -> ThreadItem.CollabAgentToolCall? {
  guard let tool = source.string("tool").flatMap({ CollabAgentTool(rawValue: camelCase($0)) })
  else { return nil }
  var item = ThreadItem.CollabAgentToolCall()
  item.id = id
  item.tool = tool
  item.senderThreadID = source.string("sender_thread_id") ?? ""
  item.receiverThreadIDs = strings(source["receiver_thread_ids"])
  item.prompt = source.string("prompt").map { JSONText($0) }
  item.model = source.string("model")
  item.reasoningEffort = source.string("reasoning_effort")
  source["agents_states"]?.forEachMember { thread, state in
    if let thread = thread.asString { item.add(agentState(state), of: thread) }
  }
  item.status =
    source.string("status").flatMap { .init(rawValue: camelCase($0)) } ?? item.statusByAgents
  return item
}

/// The same, rebuilt from a call and its output.
func collabAgentToolCall(
  _ tool: CollabAgentTool, arguments: JSONValue?, output: ToolOutput?, id: String, sender: String
) -> ThreadItem.CollabAgentToolCall {
  var item = ThreadItem.CollabAgentToolCall()
  item.id = id
  item.tool = tool
  item.senderThreadID = sender
  item.prompt = JSONText(arguments?.present("message"))
  item.addReceivers(of: arguments)
  let isAnswered: Bool? = output.flatMap { output in
    withParsed(Array(output.text.string.utf8)) { answer in
      item.addReceivers(of: answer)
      item.addStates(answer["status"])
      return true
    }
  }
  if tool == .spawnAgent, isAnswered == true {
    for receiver in item.receiverThreadIDs where item.agentsStates[receiver] == nil {
      item.add(CollabAgentState(), of: receiver)
    }
  }
  let isAccepted = output.map { $0.isAccepted } ?? false
  item.status = isAccepted ? item.statusByAgents : .failed
  return item
}

extension ThreadItem.CollabAgentToolCall {
  fileprivate mutating func add(_ state: CollabAgentState, of thread: String) {
    agentsStates.members.append((thread, state))
  }

  /// A call fails with any of its agents.
  fileprivate var statusByAgents: CollabAgentToolCallStatus {
    agentsStates.members.contains { $0.value.status == .errored || $0.value.status == .notFound }
      ? .failed : .completed
  }

  fileprivate mutating func addReceivers(of json: JSONValue?) {
    guard let json else { return }
    let ids =
      [json.string("agent_id"), json.string("id"), json.string("target")].compactMap { $0 }
      + strings(json["ids"]) + strings(json["targets"])
    for id in ids where !receiverThreadIDs.contains(id) { receiverThreadIDs.append(id) }
  }

  /// One state for all receivers, or one by name for each.
  fileprivate mutating func addStates(_ status: JSONValue?) {
    guard let status else { return }
    var isByThread = false
    status.forEachMember { thread, state in
      guard let thread = thread.asString, receiverThreadIDs.contains(thread) else { return }
      isByThread = true
      add(agentState(state), of: thread)
    }
    guard !isByThread, !status.isNull, !(status.kind == .object && status.isEmpty) else { return }
    for receiver in receiverThreadIDs { add(agentState(status), of: receiver) }
  }
}

/// A state's name; or an object of the name and what the agent said last; or both as members.
private func agentState(_ status: JSONValue) -> CollabAgentState {
  var state = CollabAgentState()
  if let name = status.asString ?? status.string("status") {
    state.status = CollabAgentStatus(rawValue: camelCase(name)) ?? .running
    state.message = JSONText(status["message"])
    return state
  }
  status.forEachMember { name, message in
    if let name = name.asString, let known = CollabAgentStatus(rawValue: camelCase(name)) {
      state.status = known
      state.message = JSONText(message)
    }
  }
  return state
}
