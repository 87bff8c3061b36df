import JSON
import Platform
import Protocol
import Rollouts

extension ThreadItem.ImageGeneration: ItemKind {
  static var events: [EventKind] { [.imageGenerationEnd] }
  static var completedTypes: [String] { ["ImageGeneration"] }
  static var extensionKinds: [String] { ["image_gen.generation"] }
  static var callItems: [ResponseItemKind] { [.imageGenerationCall] }

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    .imageGeneration(Self(payload, id: id))
  }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    .imageGeneration(Self(item, id: id))
  }

  /// Creates an item from an event or a completed item: the names are in snake_case, or those of
  /// the wire in items of the type `Extension`.
  private init(_ source: JSONValue, id: String) {
    self.init()
    self.id = id
    status = source.string("status") ?? "completed"
    revisedPrompt = JSONText(source["revised_prompt"] ?? source["revisedPrompt"])
    result = JSONText(source["result"]) ?? ""
    transparentBackground =
      (source["transparent_background"] ?? source["transparentBackground"])?.asBool
    let path = source.string("saved_path") ?? source.string("savedPath")
    savedPath = path.map { RecordedPath($0).text }
    failure = source.wire("failure")
  }

  /// The item of a call. Clients of the first revision of the protocol do not know items of this
  /// kind, so the call is shown as that of a tool.
  static func item(_ call: ToolCall, _ output: ToolOutput?) -> ThreadItem? {
    var item = ThreadItem.McpToolCall()
    item.id = call.id
    item.server = ThreadItem.McpToolCall.ownServer
    item.tool = "image_generation"
    let prompt = call.payload.string("revised_prompt")
    item.arguments = RawJSON(WireMap(prompt.map { [(name: "prompt", value: $0)] } ?? []))
    item.status = call.payload.string("status") == "failed" ? .failed : .completed
    let image = JSONText(call.payload["result"]) ?? ""
    if !image.isEmpty {
      item.result = McpToolCallResult(content: [RawJSON(ImageContent(image))])
    }
    return .mcpToolCall(item)
  }

  var searchedTexts: [String] { [revisedPrompt].compactMap { $0?.string } }
}

/// An image as a part of the result of an MCP tool.
private struct ImageContent: WireObject {
  var type = "image"
  /// The image in Base64.
  var data = JSONText()
  var mimeType = ""

  init() {}

  init(_ data: JSONText) {
    self.data = data
    mimeType = Self.mimeTypes.first { data.begins(with: $0.beginning) }?.name ?? "image/png"
  }

  /// The first characters of each format in Base64.
  private static let mimeTypes: [(beginning: StaticString, name: String)] = [
    ("/9j/", "image/jpeg"), ("UklGR", "image/webp"), ("R0lGOD", "image/gif"),
  ]

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("type", &type)
    try field("data", &data)
    try field("mimeType", &mimeType)
  }
}
