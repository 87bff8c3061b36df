package import JSON

extension ResponseItem {
  /// A command for a local shell.
  package struct LocalShellCall: WireObject, Equatable {
    package var id: String?
    package var callID: String?
    package var status = LocalShellStatus.completed
    package var action = LocalShellAction.exec(LocalShellAction.Exec())
    package var encryptedContent: JSONText?
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id, .writeOnly)
      try field("call_id", &callID)
      try field("status", &status)
      try field("action", &action)
      try field("encrypted_content", &encryptedContent, .newer)
      try field("internal_chat_message_metadata_passthrough", &metadata, .newer)
    }
  }

  /// A call of a tool whose arguments are JSON.
  package struct FunctionCall: WireObject, Equatable {
    package var id: String?
    package var name = ""
    package var namespace: String?
    /// A text that should be JSON.
    package var arguments = JSONText()
    package var callID = ""
    package var status: String?
    package var encryptedContent: JSONText?
    package var encryptedFunctionArguments: [String]?
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id, .writeOnly)
      try field("name", &name)
      try field("namespace", &namespace, .newer)
      try field("arguments", &arguments)
      try field("call_id", &callID)
      try field("status", &status, .newer)
      try field("encrypted_content", &encryptedContent, .newer)
      try field("encrypted_function_args", &encryptedFunctionArguments, .newer)
      try field("internal_chat_message_metadata_passthrough", &metadata, .newer)
    }
  }

  /// What such a call gave.
  package struct FunctionCallOutput: WireObject, Equatable {
    package var id: String?
    package var callID: String?
    package var name: String?
    package var namespace: String?
    package var output = FunctionCallOutputBody.text("")
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id, .newer)
      try field("call_id", &callID)
      try field("name", &name, .newer)
      try field("namespace", &namespace, .newer)
      try field("output", &output)
      try field("internal_chat_message_metadata_passthrough", &metadata, .newer)
    }
  }

  /// A call of a tool whose input is any text.
  package struct CustomToolCall: WireObject, Equatable {
    package var id: String?
    package var status: String?
    package var callID = ""
    package var name = ""
    package var namespace: String?
    package var input = JSONText()
    package var encryptedContent: JSONText?
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id, .writeOnly)
      try field("status", &status)
      try field("call_id", &callID)
      try field("name", &name)
      try field("namespace", &namespace, .newer)
      try field("input", &input)
      try field("encrypted_content", &encryptedContent, .newer)
      try field("internal_chat_message_metadata_passthrough", &metadata, .newer)
    }
  }

  /// What such a call gave.
  package struct CustomToolCallOutput: WireObject, Equatable {
    package var id: String?
    package var callID = ""
    package var name: String?
    package var output = FunctionCallOutputBody.text("")
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id, .newer)
      try field("call_id", &callID)
      try field("name", &name, .newer)
      try field("output", &output)
      try field("internal_chat_message_metadata_passthrough", &metadata, .newer)
    }
  }

  /// A search of the web by the model's service.
  package struct WebSearchCall: WireObject, Equatable {
    package var id: String?
    package var status: String?
    package var action: WebSearchAction?
    package var encryptedContent: JSONText?
    package var metadata: InternalChatMessageMetadataPassthrough?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id, .writeOnly)
      try field("status", &status)
      try field("action", &action)
      try field("encrypted_content", &encryptedContent, .newer)
      try field("internal_chat_message_metadata_passthrough", &metadata, .newer)
    }
  }
}

/// How far a command for a local shell got.
package enum LocalShellStatus: String, WireEnum {
  case completed
  case inProgress = "in_progress"
  case incomplete
}

/// What a local shell is to do.
package enum LocalShellAction: WireUnion, Equatable {
  case exec(Exec)

  /// A program to be run, with its words.
  package struct Exec: WireObject, Equatable {
    package var command: [String] = []
    package var timeoutMs: UInt64?
    package var workingDirectory: String?
    package var env: WireMap<String>?
    package var user: String?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("command", &command)
      try field("timeout_ms", &timeoutMs)
      try field("working_directory", &workingDirectory)
      try field("env", &env)
      try field("user", &user)
    }
  }

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("exec", Self.exec)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .exec(let action): variant("exec", action)
    }
  }
}

extension ResponseItem {
  /// What a web search did, as the model's input names it.
  package enum WebSearchAction: WireUnion, Equatable {
    case search(Protocol.WebSearchAction.Search)
    case openPage(Protocol.WebSearchAction.OpenPage)
    case findInPage(Protocol.WebSearchAction.FindInPage)
    case other

    package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
      try variant("search", Self.search)
      try variant("open_page", Self.openPage)
      try variant("find_in_page", Self.findInPage)
      try variant("other", .other)
    }

    package static func unknown(_: JSONValue) -> Self? { .other }

    package func write(_ variant: inout VariantWriter) {
      switch self {
      case .search(let action): variant("search", action)
      case .openPage(let action): variant("open_page", action)
      case .findInPage(let action): variant("find_in_page", action)
      case .other: variant("other")
      }
    }
  }
}
