package import JSON

extension ResponseItem {
  /// A message of the user, the model or a developer.
  package struct Message: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// Who wrote the message: `user`, `assistant`, `developer` or `system`.
    package var role = ""
    /// The parts of the message.
    package var content: [ContentItem] = []
    /// Whether the message ends the turn; nil where that is not given.
    package var endTurn: Bool?
    /// The purpose of the message; nil where none is given.
    package var phase: MessagePhase?
    /// How far the item got, in the words of the model's service; nil where none is given.
    package var status: String?
    /// Content that only the model's service can read; nil where none is given.
    package var encryptedContent: JSONText?
    /// Metadata of the model's service; nil where none is given.
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id, .writeOnly)
      try field("role", &role)
      try field("content", &content)
      try field("end_turn", &endTurn)
      try field("phase", &phase)
      try field("status", &status, .newer)
      try field("encrypted_content", &encryptedContent, .newer)
      try field("internal_chat_message_metadata_passthrough", &metadata, .newer)
    }
  }

  /// A message of one agent to another.
  package struct AgentMessage: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// The agent that sent the message.
    package var author = ""
    /// The agent that received the message.
    package var recipient = ""
    /// The parts of the message.
    package var content: [AgentMessageInputContent] = []
    /// Metadata of the model's service; nil where none is given.
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("author", &author)
      try field("recipient", &recipient)
      try field("content", &content)
      try field("internal_chat_message_metadata_passthrough", &metadata)
    }
  }

  /// Reasoning of the model.
  package struct Reasoning: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// Summaries of the reasoning.
    package var summary: [ReasoningItemReasoningSummary] = []
    /// The reasoning itself; nil where the model does not show it.
    package var content: [ReasoningItemContent]?
    /// Content that only the model's service can read; nil where none is given.
    package var encryptedContent: JSONText?
    /// Metadata of the model's service; nil where none is given.
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id, .writeOnly)
      try field("summary", &summary)
      try field("content", &content, .nullByDefault)
      try field("encrypted_content", &encryptedContent)
      try field("internal_chat_message_metadata_passthrough", &metadata, .newer)
    }
  }

  /// The summary that replaces earlier input after a compaction.
  package struct Compaction: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// The summary of the former input, which only the model's service can read.
    package var encryptedContent = JSONText()
    /// Metadata of the model's service; nil where none is given.
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id, .newer)
      try field("encrypted_content", &encryptedContent)
      try field("internal_chat_message_metadata_passthrough", &metadata, .newer)
    }
  }

  /// The summary that replaces earlier input after a compaction, in its newer form.
  package struct ContextCompaction: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// The summary of the former input, which only the model's service can read; nil where none is
    /// given.
    package var encryptedContent: JSONText?
    /// Metadata of the model's service; nil where none is given.
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("encrypted_content", &encryptedContent)
      try field("internal_chat_message_metadata_passthrough", &metadata)
    }
  }
}

/// Metadata of the model's service.
package struct InternalChatMessageMetadataPassthrough: WireObject, Equatable {
  /// The id of the turn that the item belongs to; nil where none is given.
  package var turnID: String?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("turn_id", &turnID)
  }
}

/// One part of a summary of reasoning.
package enum ReasoningItemReasoningSummary: WireUnion, Equatable {
  case summaryText(TextPart)

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("summary_text", Self.summaryText)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .summaryText(let part): variant("summary_text", part)
    }
  }
}

/// One part of reasoning.
package enum ReasoningItemContent: WireUnion, Equatable {
  case reasoningText(TextPart)
  case text(TextPart)

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("reasoning_text", Self.reasoningText)
    try variant("text", Self.text)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .reasoningText(let part): variant("reasoning_text", part)
    case .text(let part): variant("text", part)
    }
  }
}
