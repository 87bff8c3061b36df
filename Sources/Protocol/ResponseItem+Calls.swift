package import JSON

extension ResponseItem {
  /// A command for a local shell.
  package struct LocalShellCall: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// The id by which a call and its output are paired; nil where none is given.
    package var callID: String?
    /// How far the command got.
    package var status = LocalShellStatus.completed
    /// What the shell is to run.
    package var action = LocalShellAction.exec(LocalShellAction.Exec())
    /// Content that only the model's service can read; nil where none is given.
    package var encryptedContent: JSONText?
    /// Metadata of the model's service; nil where none is given.
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
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// The name of the tool.
    package var name = ""
    /// The namespace of the tool; nil where it has none.
    package var namespace: String?
    /// The arguments as a text that should be JSON.
    package var arguments = JSONText()
    /// The id by which a call and its output are paired.
    package var callID = ""
    /// How far the item got, in the words of the model's service; nil where none is given.
    package var status: String?
    /// Content that only the model's service can read; nil where none is given.
    package var encryptedContent: JSONText?
    /// Arguments that only the model's service can read; nil where none are given.
    package var encryptedFunctionArguments: [String]?
    /// Metadata of the model's service; nil where none is given.
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

  /// The output of a call of a tool whose arguments are JSON.
  package struct FunctionCallOutput: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// The id by which a call and its output are paired; nil where none is given.
    package var callID: String?
    /// The name of the tool; nil where none is given.
    package var name: String?
    /// The namespace of the tool; nil where it has none.
    package var namespace: String?
    /// The output of the call.
    package var output = FunctionCallOutputBody.text("")
    /// Metadata of the model's service; nil where none is given.
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
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// How far the item got, in the words of the model's service; nil where none is given.
    package var status: String?
    /// The id by which a call and its output are paired.
    package var callID = ""
    /// The name of the tool.
    package var name = ""
    /// The namespace of the tool; nil where it has none.
    package var namespace: String?
    /// The input of the tool.
    package var input = JSONText()
    /// Content that only the model's service can read; nil where none is given.
    package var encryptedContent: JSONText?
    /// Metadata of the model's service; nil where none is given.
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

  /// The output of a call of a tool whose input is any text.
  package struct CustomToolCallOutput: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// The id by which a call and its output are paired.
    package var callID = ""
    /// The name of the tool; nil where none is given.
    package var name: String?
    /// The output of the call.
    package var output = FunctionCallOutputBody.text("")
    /// Metadata of the model's service; nil where none is given.
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

  /// A web search by the model's service.
  package struct WebSearchCall: WireObject, Equatable {
    /// The id that the model's service gave the item; nil where none is given.
    package var id: String?
    /// How far the item got, in the words of the model's service; nil where none is given.
    package var status: String?
    /// What the search did; nil where none is given.
    package var action: WebSearchAction?
    /// Content that only the model's service can read; nil where none is given.
    package var encryptedContent: JSONText?
    /// Metadata of the model's service; nil where none is given.
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

/// An action of a local shell.
package enum LocalShellAction: WireUnion, Equatable {
  case exec(Exec)

  /// The run of a program with its arguments.
  package struct Exec: WireObject, Equatable {
    /// The program and its arguments.
    package var command: [String] = []
    /// The time limit in ms; nil for the default.
    package var timeoutMs: UInt64?
    /// The working directory; nil for that of the turn.
    package var workingDirectory: String?
    /// Variables of the environment; nil for none.
    package var env: WireMap<String>?
    /// The user to run the program as; nil for the current one.
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
  /// The action of a web search, with the names of the model's input.
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
