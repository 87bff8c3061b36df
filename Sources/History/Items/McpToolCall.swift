import JSON
import Protocol
import Rollouts

extension ThreadItem.McpToolCall: ItemKind {
  static var events: [EventKind] { [.mcpToolCallEnd] }
  static var completedTypes: [String] { ["McpToolCall"] }

  /// The name of the server in items of the program's own tools.
  static let ownServer = "codex"

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    var item = Self(payload["invocation"], members: payload, id: id)
    let result = payload["result"]
    if let ok = result?["Ok"] {
      item.result = McpToolCallResult(ok)
      item.status = (ok["isError"] ?? ok["is_error"])?.asBool == true ? .failed : .completed
    } else {
      item.error = McpToolCallError(JSONText(result?["Err"]) ?? "")
      item.status = .failed
    }
    return .mcpToolCall(item)
  }

  static func item(completed source: JSONValue, id: String) -> ThreadItem? {
    var item = Self(source, members: source, id: id)
    item.status = source.name("status") ?? .completed
    item.result = source.present("result").map { McpToolCallResult($0) }
    item.error = source.present("error").map {
      McpToolCallError(JSONText($0) ?? JSONText($0["message"]) ?? "")
    }
    return .mcpToolCall(item)
  }

  /// - Parameters:
  ///   - invocation: The object with the tool and its arguments.
  ///   - members: The object with all other members: their names are in snake_case in events, and
  ///     those of the wire in completed items.
  private init(_ invocation: JSONValue?, members: JSONValue, id: String) {
    self.init()
    self.id = id
    server = invocation?.string("server") ?? ""
    tool = invocation?.string("tool") ?? ""
    arguments = invocation?["arguments"].map { RawJSON($0) } ?? .null
    appContext = McpToolCallAppContext(recorded: members)
    mcpAppResourceURI =
      members.string("mcpAppResourceUri") ?? members.string("mcp_app_resource_uri")
    mcpAppUI = members.wire("mcpAppUi") ?? members.wire("mcp_app_ui")
    pluginID = members.string("pluginId") ?? members.string("plugin_id")
    readOnlyHint = (members["readOnlyHint"] ?? members["read_only_hint"])?.asBool
    durationMs = members.milliseconds("duration")
  }

  var searchedTexts: [String] {
    let content = result?.content.flatMap(\.ownTexts) ?? []
    let structured = result?.structuredContent?.strings ?? []
    return [tool] + arguments.strings + content + structured
      + [error].compactMap { $0?.message.string }
  }
}

// Items that are made of calls of tools without a kind of their own: all clients know MCP tools.
extension ThreadItem.McpToolCall {
  static func item(_ call: ToolCall, _ output: ToolOutput?) -> ThreadItem? {
    var item = Self()
    item.id = call.id
    (item.server, item.tool) = serverAndTool(call)
    item.arguments = call.rawArguments
    item.status = call.isFollowed || output?.isAccepted == true ? .completed : .failed
    guard let output else { return .mcpToolCall(item) }
    item.durationMs = call.durationMs(by: output)
    item.result = McpToolCallResult(content: content(call.text(of: output)))
    return .mcpToolCall(item)
  }

  /// The namespace names the server; without one the name does, if it has two parts.
  private static func serverAndTool(_ call: ToolCall) -> (server: String, tool: String) {
    if let namespace = call.namespace, !namespace.isEmpty {
      return (withoutPrefix(namespace), call.name)
    }
    return ToolName.split(withoutPrefix(call.name)) ?? (ownServer, call.name)
  }

  /// A namespace or name without the prefix of tools that MCP servers offer.
  private static func withoutPrefix(_ name: String) -> String {
    let prefix = ToolName.serverPrefix.utf8
    guard name.utf8.starts(with: prefix) else { return name }
    return String(Substring(name.utf8.dropFirst(prefix.count)))
  }

  /// The content in the text of an output: the parts of a JSON array of objects with a `type`, or
  /// else the text as one part.
  private static func content(_ text: JSONText) -> [RawJSON] {
    if text.begins(with: "["),
      let parts = Array(text.string.utf8).withJSON({ json -> [RawJSON]? in
        guard json.elements.allSatisfy({ $0.string("type") != nil }) else { return nil }
        return json.elements.map { RawJSON($0) }
      })
    {
      return parts
    }
    return [
      RawJSON(
        WireMap([(name: "type", value: RawJSON("text")), (name: "text", value: RawJSON(text))]))
    ]
  }
}

extension McpToolCallAppContext {
  /// Creates the context from a record; nil where the tool does not belong to an app.
  fileprivate init?(recorded source: JSONValue) {
    guard let id = source.string("connectorId") ?? source.string("connector_id") else { return nil }
    self.init()
    connectorID = id
    linkID = source.string("linkId") ?? source.string("link_id")
    resourceURI =
      source.string("mcpAppResourceUri") ?? source.string("mcp_app_resource_uri")
    appName = source.string("appName") ?? source.string("app_name")
    actionName = source.string("actionName") ?? source.string("action_name")
  }
}

extension McpToolCallResult {
  fileprivate init(_ result: JSONValue) {
    self.init()
    content = (result["content"]?.elements ?? []).map { RawJSON($0) }
    structuredContent =
      (result["structuredContent"] ?? result["structured_content"]).map { RawJSON($0) }
    meta = result["_meta"].map { RawJSON($0) }
  }

  init(content: [RawJSON]) {
    self.init()
    self.content = content
  }
}

extension McpToolCallError {
  fileprivate init(_ message: JSONText) {
    self.init()
    self.message = message
  }
}
