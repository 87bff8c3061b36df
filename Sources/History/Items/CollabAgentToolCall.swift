import JSON
import Protocol
import Rollouts

extension ThreadItem.CollabAgentToolCall: ItemKind {
  static var events: [EventKind] { toolsByEvent.map(\.event) }
  static var completedTypes: [String] { ["CollabAgentToolCall"] }

  static func effect(ofTool name: String) -> ToolEffect? {
    tool(name).map { $0 == .wait ? .waits : .item }
  }

  private static func tool(_ name: String) -> CollabAgentTool? {
    switch name {
    case "spawn_agent": .spawnAgent
    case "send_input": .sendInput
    case "wait", "wait_agent": .wait
    case "close_agent": .closeAgent
    case "resume_agent": .resumeAgent
    default: nil
    }
  }

  private static let toolsByEvent: [(event: EventKind, tool: CollabAgentTool)] = [
    (.collabAgentSpawnEnd, .spawnAgent), (.collabAgentInteractionEnd, .sendInput),
    (.collabWaitingEnd, .wait), (.collabCloseEnd, .closeAgent), (.collabResumeEnd, .resumeAgent),
  ]

  private init(_ tool: CollabAgentTool, id: String, sender: String) {
    self.init()
    self.id = id
    self.tool = tool
    senderThreadID = sender
  }

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    guard let tool = toolsByEvent.first(where: { $0.event == event })?.tool else { return nil }
    var item = Self(tool, id: id, sender: payload.string("sender_thread_id") ?? "")
    item.readRequest(payload)
    if let receiver = payload.string("new_thread_id") ?? payload.string("receiver_thread_id") {
      item.receiverThreadIDs = [receiver]
      if let status = payload.present("status") {
        item.add(CollabAgentState(recorded: status), of: receiver)
      }
    }
    payload["statuses"]?.forEachMember { thread, status in
      guard let thread = thread.asString else { return }
      item.receiverThreadIDs.append(thread)
      item.add(CollabAgentState(recorded: status), of: thread)
    }
    // An agent that could not be made has no thread whose state shows the failure.
    let isSpawned = tool != .spawnAgent || !item.receiverThreadIDs.isEmpty
    item.receiverThreadIDs.sort()
    return item.finished(isSpawned ? item.statusByAgents : .failed)
  }

  static func item(completed source: JSONValue, id: String) -> ThreadItem? {
    guard let tool: CollabAgentTool = source.name("tool") else { return nil }
    var item = Self(tool, id: id, sender: source.string("sender_thread_id") ?? "")
    item.readRequest(source)
    item.receiverThreadIDs = source["receiver_thread_ids"]?.strings ?? []
    source["agents_states"]?.forEachMember { thread, state in
      if let thread = thread.asString { item.add(CollabAgentState(recorded: state), of: thread) }
    }
    return item.finished(source.name("status") ?? item.statusByAgents)
  }

  static func item(_ call: ToolCall, _ output: ToolOutput?) -> ThreadItem? {
    let arguments = call.arguments
    // A wait for a code cell is not a wait for agents.
    guard let tool = tool(call.name),
      arguments?["cell_id"] == nil
    else { return nil }
    var item = Self(tool, id: call.id, sender: call.threadID)
    item.prompt = JSONText(arguments?.present("message"))
    item.addReceivers(of: arguments)
    let isAnswered: Bool? = output.flatMap { output in
      Array(call.text(of: output).string.utf8).withJSON { answer in
        item.addReceivers(of: answer)
        item.addStates(answer["status"])
        return true
      }
    }
    if tool == .spawnAgent, isAnswered == true {
      let known = Set(item.agentsStates.members.map(\.name))
      for receiver in item.receiverThreadIDs where !known.contains(receiver) {
        item.add(CollabAgentState(), of: receiver)
      }
    }
    item.receiverThreadIDs.sort()
    let isAccepted = call.isFollowed || output?.isAccepted == true
    return item.finished(isAccepted ? item.statusByAgents : .failed)
  }

  var searchedTexts: [String] {
    [prompt].compactMap { $0?.string }
      + agentsStates.members.compactMap { $0.value.message?.string }
  }
}

extension ThreadItem.CollabAgentToolCall {
  private mutating func readRequest(_ source: JSONValue) {
    prompt = JSONText(source["prompt"])
    model = source.string("model")
    reasoningEffort = source.string("reasoning_effort")
  }

  private mutating func add(_ state: CollabAgentState, of thread: String) {
    agentsStates.members.append((thread, state))
  }

  private func finished(_ status: CollabAgentToolCallStatus) -> ThreadItem {
    var item = self
    item.status = status
    return .collabAgentToolCall(item)
  }

  /// The status of a call by its agents: it failed if one of them failed.
  private var statusByAgents: CollabAgentToolCallStatus {
    agentsStates.members.contains { $0.value.status == .errored || $0.value.status == .notFound }
      ? .failed : .completed
  }

  private mutating func addReceivers(of json: JSONValue?) {
    guard let json else { return }
    let ids =
      [json.string("agent_id"), json.string("id"), json.string("target")].compactMap { $0 }
      + (json["ids"]?.strings ?? []) + (json["targets"]?.strings ?? [])
    var known = Set(receiverThreadIDs)
    for id in ids where known.insert(id).inserted { receiverThreadIDs.append(id) }
  }

  /// Adds the states in an output: one for all receivers, or one for each by its id.
  private mutating func addStates(_ status: JSONValue?) {
    guard let status else { return }
    var isByThread = false
    let receivers = Set(receiverThreadIDs)
    status.forEachMember { thread, state in
      guard let thread = thread.asString, receivers.contains(thread) else { return }
      isByThread = true
      add(CollabAgentState(recorded: state), of: thread)
    }
    guard !isByThread, !status.isNull, !(status.kind == .object && status.isEmpty) else { return }
    for receiver in receiverThreadIDs { add(CollabAgentState(recorded: status), of: receiver) }
  }
}

extension CollabAgentState {
  /// Creates a state from its name, from an object of its name and the last message, or from an
  /// object with both as members.
  fileprivate init(recorded status: JSONValue) {
    self.init()
    if let name = status.asString ?? status.string("status") {
      self.status = CollabAgentStatus(rawValue: name.camelCased) ?? .running
      message = JSONText(status["message"])
      return
    }
    status.forEachMember { name, message in
      guard let name = name.asString, let known = CollabAgentStatus(rawValue: name.camelCased)
      else { return }
      self.status = known
      self.message = JSONText(message)
    }
  }
}
