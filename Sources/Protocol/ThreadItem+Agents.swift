package import JSON

extension ThreadItem {
  /// A call of one agent that concerns other agents.
  package struct CollabAgentToolCall: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// What the agent did.
    package var tool = CollabAgentTool.spawnAgent
    /// How far the call got.
    package var status = CollabAgentToolCallStatus.inProgress
    /// The id of the calling agent's thread.
    package var senderThreadID = ""
    /// The ids of the threads of the other agents, sorted.
    package var receiverThreadIDs: [String] = []
    /// The message to the agents; nil where there is none.
    package var prompt: JSONText?
    /// The model of a new agent; nil where none is given.
    package var model: String?
    /// The reasoning effort of a new agent; nil where none is given.
    package var reasoningEffort: String?
    /// The last known state of each agent, by the id of its thread.
    package var agentsStates = WireMap<CollabAgentState>()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("tool", &tool)
      try field("status", &status)
      try field("senderThreadId", &senderThreadID)
      try field("receiverThreadIds", &receiverThreadIDs)
      try field("prompt", &prompt)
      try field("model", &model)
      try field("reasoningEffort", &reasoningEffort)
      try field("agentsStates", &agentsStates)
    }
  }

  /// An activity of another agent.
  package struct SubAgentActivity: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// What the agent did.
    package var kind = SubAgentActivityKind.started
    /// The id of the agent's thread.
    package var agentThreadID = ""
    /// The path of the agent in the tree of agents.
    package var agentPath = ""
    /// The model of the agent; nil where none is recorded.
    package var model: String?
    /// The reasoning effort of the agent; nil where none is recorded.
    package var reasoningEffort: String?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("kind", &kind)
      try field("agentThreadId", &agentThreadID)
      try field("agentPath", &agentPath)
      try field("model", &model)
      try field("reasoningEffort", &reasoningEffort)
    }
  }
}

/// What an agent can do with other agents.
package enum CollabAgentTool: String, WireEnum {
  case spawnAgent
  case sendInput
  case resumeAgent
  case wait
  case closeAgent
  case sendMessage
  case followupTask
  case interruptAgent
  case listAgents

  package static var newer: [CollabAgentTool] {
    [.resumeAgent, .sendMessage, .followupTask, .interruptAgent, .listAgents]
  }
}

/// How far a call that concerns other agents got.
package enum CollabAgentToolCallStatus: String, WireEnum {
  case inProgress
  case completed
  case failed
  case interrupted

  package static var newer: [CollabAgentToolCallStatus] { [.interrupted] }
}

/// The state of an agent.
package struct CollabAgentState: WireObject, Equatable {
  /// How far the agent got.
  package var status = CollabAgentStatus.pendingInit
  /// The last message of the agent, or its error; nil where there is none.
  package var message: JSONText?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("status", &status)
    try field("message", &message)
  }
}

/// How far an agent got.
package enum CollabAgentStatus: String, WireEnum {
  case pendingInit
  case running
  case interrupted
  case completed
  case errored
  case shutdown
  case notFound

  package static var newer: [CollabAgentStatus] { [.interrupted] }
}

/// A kind of activity of an agent.
package enum SubAgentActivityKind: String, WireEnum {
  case started
  case interacted
  case interrupted
  case completed
}
