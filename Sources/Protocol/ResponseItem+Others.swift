package import JSON

extension ResponseItem {
  /// The state of the working tree before a turn, for undo.
  package struct GhostSnapshot: WireObject, Equatable {
    package var ghostCommit = GhostCommit()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("ghost_commit", &ghostCommit)
    }
  }

  /// Tools that the model has from here on.
  package struct AdditionalTools: WireObject, Equatable {
    package var id: String?
    package var role = ""
    package var tools: [RawJSON] = []

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("role", &role)
      try field("tools", &tools)
    }
  }

  /// A search for tools.
  package struct ToolSearchCall: WireObject, Equatable {
    package var id: String?
    package var callID: String?
    package var status: String?
    package var execution = ""
    package var arguments = RawJSON.null
    package var encryptedContent: JSONText?
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

  /// The tools that such a search found.
  package struct ToolSearchOutput: WireObject, Equatable {
    package var id: String?
    package var callID: String?
    package var status = ""
    package var execution = ""
    package var tools: [RawJSON] = []
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
    package var id: String?
    package var status = ""
    package var revisedPrompt: JSONText?
    /// The image in Base64.
    package var result = JSONText()
    package var encryptedContent: JSONText?
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

  /// How the model is set from here on.
  package struct ConfigurationUpdate: WireObject, Equatable {
    package var reasoning = ConfigurationReasoning()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("reasoning", &reasoning)
    }
  }
}

/// A commit that no branch holds.
package struct GhostCommit: WireObject, Equatable {
  package var id = ""
  package var parent: String?
  package var preexistingUntrackedFiles: [String] = []
  package var preexistingUntrackedDirectories: [String] = []

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("id", &id)
    try field("parent", &parent)
    try field("preexisting_untracked_files", &preexistingUntrackedFiles)
    try field("preexisting_untracked_dirs", &preexistingUntrackedDirectories)
  }
}

/// How hard the model thinks from here on.
package struct ConfigurationReasoning: WireObject, Equatable {
  package var effort = ""

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("effort", &effort)
  }
}
