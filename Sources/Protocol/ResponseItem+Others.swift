package import JSON

extension ResponseItem {
  /// The state of the working tree before a turn, for undo.
  package struct GhostSnapshot: WireObject, Equatable {
    /// The commit that holds the state.
    package var ghostCommit = GhostCommit()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("ghost_commit", &ghostCommit)
    }
  }

  /// Tools that the model has from this item on.
  package struct AdditionalTools: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// The role of the message that brings the tools.
    package var role = ""
    /// The definitions of the tools, unchanged.
    package var tools: [RawJSON] = []

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("role", &role)
      try field("tools", &tools)
    }
  }

  /// A search of the model for tools.
  package struct ToolSearchCall: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// The id by which a call and its output are paired; nil where none is given.
    package var callID: String?
    /// How far the item got, in the words of the model's service; nil where none is given.
    package var status: String?
    /// Where the search runs: in the client or in the model's service.
    package var execution = ""
    /// What is searched for, unchanged.
    package var arguments = RawJSON.null
    /// Content that only the model's service can read; nil where none is given.
    package var encryptedContent: JSONText?
    /// Metadata of the model's service; nil where none is given.
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("call_id", &callID)
      try field("status", &status)
      try field("execution", &execution)
      try field("arguments", &arguments)
      try field("encrypted_content", &encryptedContent)
      try field("internal_chat_message_metadata_passthrough", &metadata)
    }
  }

  /// The tools that a search of the model found.
  package struct ToolSearchOutput: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// The id by which a call and its output are paired; nil where none is given.
    package var callID: String?
    /// How far the item got, in the words of the model's service.
    package var status = ""
    /// Where the search ran: in the client or in the model's service.
    package var execution = ""
    /// The definitions of the tools that were found, unchanged.
    package var tools: [RawJSON] = []
    /// Metadata of the model's service; nil where none is given.
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("call_id", &callID)
      try field("status", &status)
      try field("execution", &execution)
      try field("tools", &tools)
      try field("internal_chat_message_metadata_passthrough", &metadata)
    }
  }

  /// An image that a model made.
  package struct ImageGenerationCall: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// How far the item got, in the words of the model's service.
    package var status = ""
    /// The prompt as the model changed it; nil where none is given.
    package var revisedPrompt: JSONText?
    /// The image in Base64.
    package var result = JSONText()
    /// Content that only the model's service can read; nil where none is given.
    package var encryptedContent: JSONText?
    /// Metadata of the model's service; nil where none is given.
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("status", &status)
      try field("revised_prompt", &revisedPrompt)
      try field("result", &result)
      try field("encrypted_content", &encryptedContent)
      try field("internal_chat_message_metadata_passthrough", &metadata)
    }
  }

  /// Settings of the model from this item on.
  package struct ConfigurationUpdate: WireObject, Equatable {
    /// The new settings of the reasoning.
    package var reasoning = ConfigurationReasoning()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("reasoning", &reasoning)
    }
  }
}

/// A commit that is on no branch.
package struct GhostCommit: WireObject, Equatable {
  /// The hash of the commit.
  package var id = ""
  /// The hash of its parent; nil where it has none.
  package var parent: String?
  /// Files that were not tracked when the commit was made.
  package var preexistingUntrackedFiles: [String] = []
  /// Directories that were not tracked when the commit was made.
  package var preexistingUntrackedDirectories: [String] = []

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("id", &id)
    try field("parent", &parent)
    try field("preexisting_untracked_files", &preexistingUntrackedFiles)
    try field("preexisting_untracked_dirs", &preexistingUntrackedDirectories)
  }
}

/// The reasoning effort of the model from this item on.
package struct ConfigurationReasoning: WireObject, Equatable {
  /// The reasoning effort.
  package var effort = ""

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("effort", &effort)
  }
}
