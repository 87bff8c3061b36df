import JSON
import Protocol
import Rollouts

/// The table of all kinds of items.
enum ItemKinds {
  /// All kinds. Where several match, the first one counts.
  static let all: [any ItemKind.Type] = [
    ThreadItem.UserMessage.self,
    ThreadItem.AgentMessage.self,
    ThreadItem.Reasoning.self,
    ThreadItem.Plan.self,
    ThreadItem.HookPrompt.self,
    ThreadItem.ReviewMode.self,
    ThreadItem.ContextCompaction.self,
    ThreadItem.CommandExecution.self,
    ThreadItem.FileChange.self,
    ThreadItem.McpToolCall.self,
    ThreadItem.DynamicToolCall.self,
    ThreadItem.FunctionCallOutput.self,
    ThreadItem.CollabAgentToolCall.self,
    ThreadItem.SubAgentActivity.self,
    ThreadItem.WebSearch.self,
    ThreadItem.ImageView.self,
    ThreadItem.ImageGeneration.self,
    ThreadItem.Sleep.self,
  ]

  /// The kind of item that an event makes; nil for events that make none.
  static func kind(of event: EventKind) -> (any ItemKind.Type)? { byEvent[Int(event.rawValue)] }

  /// The kind of a completed item; nil where clients do not know its type.
  static func kind(ofCompleted item: JSONValue) -> (any ItemKind.Type)? {
    guard let type = item.string("type") else { return nil }
    if type == "Extension" { return item.string("kind").flatMap { byExtension[$0] } }
    return byCompletedType[type]
  }

  /// The kind of item that a call makes where no event reports it.
  static func kind(of call: ToolCall) -> any ItemKind.Type {
    switch call.source {
    case .item(let item): byCallItem[item] ?? ThreadItem.McpToolCall.self
    case .tool: tool(call.name, in: call.namespace)?.kind ?? ThreadItem.McpToolCall.self
    case .customTool where call.name == ToolName.applyPatch: ThreadItem.FileChange.self
    case .customTool: ThreadItem.McpToolCall.self
    }
  }

  /// The kind and the effect of a tool of the program; nil for tools of MCP servers and clients.
  static func tool(
    _ name: String, in namespace: String?
  ) -> (kind: any ItemKind.Type, effect: ToolEffect)? {
    if let namespace, namespace.hasPrefix(ToolName.serverPrefix) { return nil }
    for kind in all {
      if let effect = kind.effect(ofTool: name) { return (kind, effect) }
    }
    return nil
  }

  /// The kinds by the raw value of the event, since most records are events.
  private static let byEvent: [(any ItemKind.Type)?] = {
    var kinds = [(any ItemKind.Type)?](repeating: nil, count: Int(UInt8.max) + 1)
    for kind in all {
      for event in kind.events { kinds[Int(event.rawValue)] = kind }
    }
    return kinds
  }()
  private static let byCompletedType = index { $0.completedTypes }
  private static let byExtension = index { $0.extensionKinds }
  private static let byCallItem = index { $0.callItems }

  private static func index<Key: Hashable>(
    by keys: (any ItemKind.Type) -> [Key]
  ) -> [Key: any ItemKind.Type] {
    Dictionary(uniqueKeysWithValues: all.flatMap { kind in keys(kind).map { ($0, kind) } })
  }
}

extension ThreadItem {
  /// The texts that a search goes through: messages, and the input and output of tools.
  package var searchedTexts: [String] { (content as? any ItemKind)?.searchedTexts ?? [] }
}
