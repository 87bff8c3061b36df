package import JSON

extension ThreadItem {
  /// A call of a tool of an MCP server.
  package struct McpToolCall: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// The name of the server.
    package var server = ""
    /// The name of the tool.
    package var tool = ""
    /// How far the call got.
    package var status = McpToolCallStatus.inProgress
    /// The arguments, unchanged.
    package var arguments = RawJSON.null
    /// The app that the tool belongs to; nil where there is none.
    package var appContext: McpToolCallAppContext?
    /// The URI of what an app shows; nil where there is none, and then not written, as in the
    /// original.
    package var mcpAppResourceURI: String?
    /// What an app shows of the call; nil where there is nothing.
    package var mcpAppUI: McpAppUI?
    /// The plugin that the tool belongs to; nil where there is none.
    package var pluginID: String?
    /// Whether the server says that the tool changes nothing; nil where it does not say.
    package var readOnlyHint: Bool?
    /// The result, which may be a failure; null where there is none.
    package var result: McpToolCallResult?
    /// Why the call has no result; nil where it has one.
    package var error: McpToolCallError?
    /// How long it took, in ms; nil where that is not recorded.
    package var durationMs: Int64?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("server", &server)
      try field("tool", &tool)
      try field("status", &status)
      try field("arguments", &arguments)
      try field("appContext", &appContext)
      try field("mcpAppResourceUri", &mcpAppResourceURI, .omittedWhenAbsent)
      try field("mcpAppUi", &mcpAppUI)
      try field("pluginId", &pluginID)
      try field("readOnlyHint", &readOnlyHint)
      try field("result", &result)
      try field("error", &error)
      try field("durationMs", &durationMs)
    }
  }

  /// A call of a tool that the client provides.
  package struct DynamicToolCall: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// The namespace of the tool; nil where it has none.
    package var namespace: String?
    /// The name of the tool.
    package var tool = ""
    /// The arguments, unchanged.
    package var arguments = RawJSON.null
    /// How far the call got.
    package var status = DynamicToolCallStatus.inProgress
    /// The parts of the output; nil where none is recorded.
    package var contentItems: [DynamicToolCallOutputContentItem]?
    /// Whether the call succeeded; nil where that is not recorded.
    package var success: Bool?
    /// How long it took, in ms; nil where that is not recorded.
    package var durationMs: Int64?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("namespace", &namespace)
      try field("tool", &tool)
      try field("arguments", &arguments)
      try field("status", &status)
      try field("contentItems", &contentItems)
      try field("success", &success)
      try field("durationMs", &durationMs)
    }
  }

  /// A web search, or the view of a web page.
  package struct WebSearch: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// What was searched for; empty where none is recorded.
    package var query = ""
    /// What the search did; nil where none is recorded.
    package var action: WebSearchAction?
    /// The results as an array; null where none are recorded.
    package var results: RawJSON?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("query", &query)
      try field("action", &action)
      try field("results", &results)
    }
  }

  /// A local image that the model looked at.
  package struct ImageView: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// The path of the image, absolute.
    package var path = ""

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("path", &path)
    }
  }

  /// A pause that the model made.
  package struct Sleep: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// The length of the pause, in ms.
    package var durationMs: UInt64 = 0

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("durationMs", &durationMs)
    }
  }

  /// An image that a model made.
  package struct ImageGeneration: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// How far the image got, in the words of the model's service.
    package var status = ""
    /// The prompt as the model changed it; nil where none is recorded.
    package var revisedPrompt: JSONText?
    /// The image in Base64.
    package var result = JSONText()
    /// Whether the background is transparent; nil where that is not recorded.
    package var transparentBackground: Bool?
    /// The path of the saved image; nil where there is none, and then not written.
    package var savedPath: String?
    /// Why there is no image; null where there is one.
    package var failure: ImageGenerationFailure?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("status", &status)
      try field("revisedPrompt", &revisedPrompt)
      try field("result", &result)
      try field("transparentBackground", &transparentBackground)
      try field("savedPath", &savedPath, .omittedWhenAbsent)
      try field("failure", &failure)
    }
  }
}

/// The app that a tool belongs to, which the user connected.
package struct McpToolCallAppContext: WireObject, Equatable {
  /// The id of the connector.
  package var connectorID = ""
  /// The id of the user's link to the app; nil where none is recorded.
  package var linkID: String?
  /// The URI of what the app shows; nil where none is recorded.
  package var resourceURI: String?
  /// The name of the app; nil where none is recorded.
  package var appName: String?
  /// The name of the action of the app; nil where none is recorded.
  package var actionName: String?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("connectorId", &connectorID)
    try field("linkId", &linkID)
    try field("resourceUri", &resourceURI)
    try field("appName", &appName)
    try field("actionName", &actionName)
  }
}

/// What an app shows of a call of its tool.
package struct McpAppUI: WireObject, Equatable {
  /// The URI of what the app shows.
  package var resourceURI = ""
  /// Where the model wants it to be shown.
  package var preferredModelDisplayMode = McpAppDisplayMode.inline

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("resourceUri", &resourceURI)
    try field("preferredModelDisplayMode", &preferredModelDisplayMode)
  }
}

/// Where a client shows the content of an app: in the conversation, or on the whole screen.
package enum McpAppDisplayMode: String, WireEnum {
  case inline
  case fullscreen
}

/// Why an image could not be made.
package enum ImageGenerationFailure: WireUnion, Equatable {
  case usageLimitExceeded(Limit)

  /// A limit of the user's account.
  package struct Limit: WireObject, Equatable {
    /// The id of the limit.
    package var limitID = ""
    /// When the limit ends, in seconds since 1970; null where that is not known.
    package var resetsAt: Int64?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("limitId", &limitID)
      try field("resetsAt", &resetsAt)
    }
  }

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("usageLimitExceeded", Self.usageLimitExceeded)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .usageLimitExceeded(let limit): variant("usageLimitExceeded", limit)
    }
  }
}

/// How far a call of an MCP tool got.
package enum McpToolCallStatus: String, WireEnum {
  case inProgress
  case completed
  case failed
}

/// The result of an MCP tool, passed on unchanged.
package struct McpToolCallResult: WireObject, Equatable {
  /// The parts of the result.
  package var content: [RawJSON] = []
  /// The result as structured data; nil where there is none.
  package var structuredContent: RawJSON?
  /// Metadata of the server; nil where there is none.
  package var meta: RawJSON?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("content", &content)
    try field("structuredContent", &structuredContent)
    try field("_meta", &meta)
  }
}

/// The error of an MCP tool.
package struct McpToolCallError: WireObject, Equatable {
  /// What went wrong.
  package var message = JSONText()

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("message", &message)
  }
}

/// How far a call of a client's tool got.
package enum DynamicToolCallStatus: String, WireEnum {
  case inProgress
  case completed
  case failed
}

/// One part of the output of a client's tool.
package enum DynamicToolCallOutputContentItem: WireUnion, Equatable {
  case inputText(InputText)
  case inputImage(InputImage)
  case inputAudio(InputAudio)

  /// A part that is a text.
  package struct InputText: WireObject, Equatable {
    /// The text.
    package var text = JSONText()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("text", &text)
    }
  }

  /// A part that is an image, given by its URL.
  package struct InputImage: WireObject, Equatable {
    /// The URL of the image.
    package var imageURL = JSONText()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("imageUrl", &imageURL)
    }
  }

  /// A part that is audio, given by its URL.
  package struct InputAudio: WireObject, Equatable {
    /// The URL of the audio.
    package var audioURL = JSONText()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("audioUrl", &audioURL)
    }
  }

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("inputText", Self.inputText)
    try variant("inputImage", Self.inputImage)
    try variant("inputAudio", Self.inputAudio, isNewer: true)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .inputText(let part): variant("inputText", part)
    case .inputImage(let part): variant("inputImage", part)
    case .inputAudio(let part): variant("inputAudio", part)
    }
  }
}
