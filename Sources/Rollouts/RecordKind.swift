import JSON

/// What a record of a rollout says, told by its `type` and its payload's `type` (ROLLOUTS.md 4).
package enum RecordKind: Equatable, Sendable {
  case sessionMeta
  case turnContext
  case compacted
  case event(EventKind)
  case responseItem(ResponseItemKind)
  /// Anything else: newer than this reader, or of no use to it.
  case unknown
}

/// The events that show in turns, or say something about the thread.
package enum EventKind: String, CaseIterable, Sendable {
  case taskStarted = "task_started"
  case taskComplete = "task_complete"
  case turnAborted = "turn_aborted"
  case threadRolledBack = "thread_rolled_back"
  case userMessage = "user_message"
  case agentMessage = "agent_message"
  case agentReasoning = "agent_reasoning"
  case agentReasoningRawContent = "agent_reasoning_raw_content"
  case contextCompacted = "context_compacted"
  case enteredReviewMode = "entered_review_mode"
  case exitedReviewMode = "exited_review_mode"
  case patchApplyEnd = "patch_apply_end"
  case mcpToolCallEnd = "mcp_tool_call_end"
  case webSearchEnd = "web_search_end"
  case imageGenerationEnd = "image_generation_end"
  case execCommandEnd = "exec_command_end"
  case viewImageToolCall = "view_image_tool_call"
  case dynamicToolCallResponse = "dynamic_tool_call_response"
  case collabAgentSpawnEnd = "collab_agent_spawn_end"
  case collabAgentInteractionEnd = "collab_agent_interaction_end"
  case collabWaitingEnd = "collab_waiting_end"
  case collabCloseEnd = "collab_close_end"
  case collabResumeEnd = "collab_resume_end"
  case subAgentActivity = "sub_agent_activity"
  case itemCompleted = "item_completed"
  case tokenCount = "token_count"
  case threadNameUpdated = "thread_name_updated"
  case threadSettingsApplied = "thread_settings_applied"
}

/// The response items that can be shown, or belong to one that can.
package enum ResponseItemKind: String, CaseIterable, Sendable {
  case message
  case reasoning
  case functionCall = "function_call"
  case functionCallOutput = "function_call_output"
  case customToolCall = "custom_tool_call"
  case customToolCallOutput = "custom_tool_call_output"
  case localShellCall = "local_shell_call"
  case webSearchCall = "web_search_call"
  case imageGenerationCall = "image_generation_call"
  /// Any other, such as `ghost_snapshot`: of no use to turns, but part of the conversation.
  case other = ""
}

extension RecordKind {
  private static let events = TagTable(
    EventKind.allCases.map { ($0.rawValue, $0) }
      + [("turn_started", .taskStarted), ("turn_complete", .taskComplete)])

  private static let responseItems = TagTable(
    ResponseItemKind.allCases.filter { $0 != .other }.map { ($0.rawValue, $0) })

  private enum Outer: Sendable { case sessionMeta, turnContext, compacted, event, responseItem }

  private static let outer = TagTable<Outer>([
    ("session_meta", .sessionMeta), ("turn_context", .turnContext), ("compacted", .compacted),
    ("event_msg", .event), ("response_item", .responseItem),
  ])

  /// Whether the payload's `type` matters to a record of this `type`.
  static func needsPayloadType(_ type: UnsafeBufferPointer<UInt8>) -> Bool {
    switch outer[type] {
    case .event, .responseItem: true
    default: false
    }
  }

  /// - Parameter payloadType: The payload's `type`, where it has one.
  init(type: UnsafeBufferPointer<UInt8>, payloadType: UnsafeBufferPointer<UInt8>?) {
    switch Self.outer[type] {
    case .sessionMeta: self = .sessionMeta
    case .turnContext: self = .turnContext
    case .compacted: self = .compacted
    case .event: self = payloadType.flatMap { Self.events[$0] }.map(RecordKind.event) ?? .unknown
    case .responseItem:
      self = .responseItem(payloadType.flatMap { Self.responseItems[$0] } ?? .other)
    case nil: self = .unknown
    }
  }

  /// The kind of a bare response item, as files of early 2025 have them (ROLLOUTS.md 3.1).
  init?(bareType type: UnsafeBufferPointer<UInt8>) {
    guard let kind = Self.responseItems[type] else { return nil }
    self = .responseItem(kind)
  }

  /// Whether a record of this kind is part of the conversation: such a record makes the thread
  /// younger; settings, names and token counts do not (ROLLOUTS.md 7, updatedAt).
  package var isConversation: Bool {
    switch self {
    case .responseItem, .compacted: true
    case .event(.tokenCount), .event(.threadNameUpdated), .event(.threadSettingsApplied): false
    case .event: true
    case .sessionMeta, .turnContext, .unknown: false
    }
  }
}

/// Finds what a tag stands for, without making a string of it.
struct TagTable<Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    let name: [UInt8]
    let value: Value
  }

  /// The entries by the length of their names: one or two to compare, mostly.
  private let byLength: [[Entry]]

  init(_ entries: [(name: String, value: Value)]) {
    let longest = entries.map(\.name.utf8.count).max() ?? 0
    var byLength = [[Entry]](repeating: [], count: longest + 1)
    for (name, value) in entries {
      byLength[name.utf8.count].append(Entry(name: Array(name.utf8), value: value))
    }
    self.byLength = byLength
  }

  subscript(tag: UnsafeBufferPointer<UInt8>) -> Value? {
    guard tag.count < byLength.count else { return nil }
    for entry in byLength[tag.count] where entry.name.withUnsafeBufferPointer(tag.equals) {
      return entry.value
    }
    return nil
  }
}
