package import JSON

extension ThreadItem {
  /// A call of a tool of an MCP server.
  package struct McpToolCall: ThreadItemContent {
    package var id = ""
    package var server = ""
    package var tool = ""
    package var status = McpToolCallStatus.inProgress
    package var arguments = RawJSON.null
    package var appContext: McpToolCallAppContext?
    /// Left out where there is none, as the original does.
    package var mcpAppResourceURI: String?
    package var mcpAppUI: McpAppUI?
    package var pluginID: String?
    package var readOnlyHint: Bool?
    /// Null unless the call gave something, which may be a failure.
    package var result: McpToolCallResult?
    package var error: McpToolCallError?
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

  /// A call of a tool that the client brought.
  package struct DynamicToolCall: ThreadItemContent {
    package var id = ""
    package var namespace: String?
    package var tool = ""
    package var arguments = RawJSON.null
    package var status = DynamicToolCallStatus.inProgress
    package var contentItems: [DynamicToolCallOutputContentItem]?
    package var success: Bool?
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

  /// A search of the web, or a look at one of its pages.
  package struct WebSearch: ThreadItemContent {
    package var id = ""
    package var query = ""
    package var action: WebSearchAction?
    /// An array; null where nothing tells.
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
    package var id = ""
    package var path = ""

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("path", &path)
    }
  }

  /// A pause that the model made.
  package struct Sleep: ThreadItemContent {
    package var id = ""
    package var durationMs: UInt64 = 0

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("durationMs", &durationMs)
    }
  }

  /// An image that a model made.
  package struct ImageGeneration: ThreadItemContent {
    package var id = ""
    package var status = ""
    package var revisedPrompt: JSONText?
    /// The image in Base64.
    package var result = JSONText()
    package var transparentBackground: Bool?
    /// Left out where there is none.
    package var savedPath: String?
    /// Null where the image was made.
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

/// The app that a tool belongs to, as connected by the user.
package struct McpToolCallAppContext: WireObject, Equatable {
  package var connectorID = ""
  package var linkID: String?
  package var resourceURI: String?
  package var appName: String?
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

/// What an app shows of a call.
package struct McpAppUI: WireObject, Equatable {
  package var resourceURI = ""
  package var preferredModelDisplayMode = McpAppDisplayMode.inline

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("resourceUri", &resourceURI)
    try field("preferredModelDisplayMode", &preferredModelDisplayMode)
  }
}

/// Where a client shows what an app displays: in the conversation, or over the whole screen.
package enum McpAppDisplayMode: String, WireEnum {
  case inline
  case fullscreen
}

/// Why no image was made.
package enum ImageGenerationFailure: WireUnion, Equatable {
  case usageLimitExceeded(Limit)

  /// A limit of an account.
  package struct Limit: WireObject, Equatable {
    package var limitID = ""
    /// Unix time in seconds; null where nothing tells.
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

/// What an MCP tool gave, passed on as it came.
package struct McpToolCallResult: WireObject, Equatable {
  package var content: [RawJSON] = []
  package var structuredContent: RawJSON?
  package var meta: RawJSON?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("content", &content)
    try field("structuredContent", &structuredContent)
    try field("_meta", &meta)
  }
}

/// Why an MCP tool gave nothing.
package struct McpToolCallError: WireObject, Equatable {
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

/// One part of what a client's tool gave.
package enum DynamicToolCallOutputContentItem: WireUnion, Equatable {
  case inputText(InputText)
  case inputImage(InputImage)
  case inputAudio(InputAudio)

  /// A text.
  package struct InputText: WireObject, Equatable {
    package var text = JSONText()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("text", &text)
    }
  }

  /// An image, by its URL.
  package struct InputImage: WireObject, Equatable {
    package var imageURL = JSONText()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("imageUrl", &imageURL)
    }
  }

  /// Sound, by its URL.
  package struct InputAudio: WireObject, Equatable {
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
