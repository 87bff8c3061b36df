import JSON

/// The kind of a record, by its `type` and its payload's `type` (ROLLOUTS.md 4).
package enum RecordKind: Equatable, Sendable {
  case sessionMeta
  case turnContext
  case compacted
  case event(EventKind)
  case responseItem(ResponseItemKind)
  /// Any other kind: newer than this reader, or of no use to it.
  case unknown
}

/// The events that make items or change the thread.
package enum EventKind: UInt8, Sendable {
  case taskStarted
  case taskComplete
  case turnAborted
  case threadRolledBack
  case userMessage
  case agentMessage
  case agentReasoning
  case agentReasoningRawContent
  case contextCompacted
  case enteredReviewMode
  case exitedReviewMode
  case patchApplyEnd
  case mcpToolCallEnd
  case webSearchEnd
  case imageGenerationEnd
  case execCommandEnd
  case viewImageToolCall
  case dynamicToolCallResponse
  case collabAgentSpawnEnd
  case collabAgentInteractionEnd
  case collabWaitingEnd
  case collabCloseEnd
  case collabResumeEnd
  case subAgentActivity
  case itemCompleted
  case tokenCount
  case threadNameUpdated
  case threadSettingsApplied
  /// A diff. It is only written here, and for other members than the diff (see `GitState.event`).
  case turnDiff
}

/// The response items that make items.
package enum ResponseItemKind: Sendable {
  case message
  case reasoning
  case functionCall
  case functionCallOutput
  case customToolCall
  case customToolCallOutput
  case localShellCall
  case webSearchCall
  case imageGenerationCall
  /// Any other response item, such as `ghost_snapshot`: part of the conversation, but not of items.
  case other
}

extension RecordKind {
  private static let events = TagTable<EventKind>([
    ("task_started", .taskStarted),
    ("task_complete", .taskComplete),
    ("turn_aborted", .turnAborted),
    ("thread_rolled_back", .threadRolledBack),
    ("user_message", .userMessage),
    ("agent_message", .agentMessage),
    ("agent_reasoning", .agentReasoning),
    ("agent_reasoning_raw_content", .agentReasoningRawContent),
    ("context_compacted", .contextCompacted),
    ("entered_review_mode", .enteredReviewMode),
    ("exited_review_mode", .exitedReviewMode),
    ("patch_apply_end", .patchApplyEnd),
    ("mcp_tool_call_end", .mcpToolCallEnd),
    ("web_search_end", .webSearchEnd),
    ("image_generation_end", .imageGenerationEnd),
    ("exec_command_end", .execCommandEnd),
    ("view_image_tool_call", .viewImageToolCall),
    ("dynamic_tool_call_response", .dynamicToolCallResponse),
    ("collab_agent_spawn_end", .collabAgentSpawnEnd),
    ("collab_agent_interaction_end", .collabAgentInteractionEnd),
    ("collab_waiting_end", .collabWaitingEnd),
    ("collab_close_end", .collabCloseEnd),
    ("collab_resume_end", .collabResumeEnd),
    ("sub_agent_activity", .subAgentActivity),
    ("item_completed", .itemCompleted),
    ("token_count", .tokenCount),
    ("thread_name_updated", .threadNameUpdated),
    ("thread_settings_applied", .threadSettingsApplied),
    ("turn_diff", .turnDiff),
    // Other names of these events, which readers of the original accept.
    ("turn_started", .taskStarted), ("turn_complete", .taskComplete),
  ])

  private static let responseItems = TagTable<ResponseItemKind>([
    ("message", .message), ("reasoning", .reasoning), ("function_call", .functionCall),
    ("function_call_output", .functionCallOutput), ("custom_tool_call", .customToolCall),
    ("custom_tool_call_output", .customToolCallOutput), ("local_shell_call", .localShellCall),
    ("web_search_call", .webSearchCall), ("image_generation_call", .imageGenerationCall),
  ])

  /// - Parameter payloadType: The `type` of the payload, if it has one and the kind depends on it.
  init(_ type: RecordType?, payloadType: UnsafeBufferPointer<UInt8>?) {
    switch type {
    case .sessionMeta: self = .sessionMeta
    case .turnContext: self = .turnContext
    case .compacted: self = .compacted
    case .event: self = payloadType.flatMap { Self.events[$0] }.map(RecordKind.event) ?? .unknown
    case .responseItem:
      self = .responseItem(payloadType.flatMap { Self.responseItems[$0] } ?? .other)
    case nil: self = .unknown
    }
  }

  /// The kind of a response item without an envelope, as in early 2025 (ROLLOUTS.md 3.1).
  init?(bareType type: UnsafeBufferPointer<UInt8>) {
    guard let kind = Self.responseItems[type] else { return nil }
    self = .responseItem(kind)
  }

  /// Whether records of this kind make up much of a file, while little of them is needed, or their
  /// content is known already.
  var isOftenLarge: Bool {
    switch self {
    case .responseItem(.functionCallOutput), .responseItem(.customToolCallOutput),
      .event(.tokenCount), .sessionMeta:
      true
    default: false
    }
  }

  /// Whether a record of this kind is part of the conversation, so that its time is that of the
  /// thread's last change. Settings, names and token counts are not (ROLLOUTS.md 7, updatedAt).
  package var isConversation: Bool {
    switch self {
    case .responseItem, .compacted: true
    case .event(.tokenCount), .event(.threadNameUpdated), .event(.threadSettingsApplied),
      .event(.turnDiff):
      false
    case .event: true
    case .sessionMeta, .turnContext, .unknown: false
    }
  }
}

/// The `type` of a record. The payload's type only matters in events and response items.
enum RecordType: Sendable {
  case sessionMeta, turnContext, compacted, event, responseItem

  private static let names = TagTable<RecordType>([
    ("response_item", .responseItem), ("event_msg", .event), ("turn_context", .turnContext),
    ("session_meta", .sessionMeta), ("compacted", .compacted),
  ])

  /// Finds a type by its name; nil for one that is newer than this reader, or of no use to it.
  init?(_ name: UnsafeBufferPointer<UInt8>) {
    guard let type = Self.names[name] else { return nil }
    self = type
  }
}

/// A table of tags, which are found without making strings of them.
struct TagTable<Value: Sendable>: Sendable {
  /// The entries, sorted by the length of their names.
  private let entries: [(name: StaticString, value: Value)]
  /// The index of the first entry of each length.
  private let starts: [Int]

  init(_ entries: [(name: StaticString, value: Value)]) {
    let sorted = entries.sorted { $0.name.utf8CodeUnitCount < $1.name.utf8CodeUnitCount }
    self.entries = sorted
    let longest = sorted.last?.name.utf8CodeUnitCount ?? 0
    starts = (0...(longest + 1)).map { length in
      sorted.firstIndex { $0.name.utf8CodeUnitCount >= length } ?? sorted.count
    }
  }

  subscript(tag: UnsafeBufferPointer<UInt8>) -> Value? {
    guard tag.count + 1 < starts.count else { return nil }
    for index in starts[tag.count]..<starts[tag.count + 1] where tag.equals(entries[index].name) {
      return entries[index].value
    }
    return nil
  }
}
