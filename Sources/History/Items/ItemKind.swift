import JSON
import Protocol
import Rollouts

/// One kind of item, and all that is known of it: which records tell of it, what they come to, and
/// what a search looks through.
///
/// A kind is what the wire calls it: the types of the items conform. To add one takes a file in this
/// folder and a line in `ItemKinds`.
protocol ItemKind: SendableMetatype {
  /// The events that are items of this kind (HISTORY.md 2).
  static var events: [EventKind] { get }

  /// What completed items of this kind have as their `type` (HISTORY.md 3).
  static var completedTypes: [String] { get }

  /// What completed items of the type `Extension` have as their `kind` where they are of this one.
  static var extensionKinds: [String] { get }

  /// What a call of a tool does whose calls are shown as this kind where nothing tells more
  /// (HISTORY.md 5); nil for the tools of other kinds.
  static func effect(ofTool name: String) -> ToolEffect?

  /// The calls that are response items of their own instead of calls of a tool by its name.
  static var callItems: [ResponseItemKind] { get }

  /// What the planner has to know of the kind.
  static var role: ItemRole { get }

  /// Whether all that is called an image in its records goes out once and as it is, or not at all:
  /// then images of many MB can stay in the file until they are written (`LongRecord`).
  static var passesImagesOn: Bool { get }

  /// Whether an event or a completed item of this kind is an item; some only tell that one goes on.
  static func isShown(_ source: JSONValue) -> Bool

  /// The item that an event is; nil where it says nothing that clients know.
  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem?

  /// The item that a completed item is; nil where it says nothing that clients know.
  static func item(completed item: JSONValue, id: String) -> ThreadItem?

  /// The item that a call and its output come to; nil where the call is not of this kind after all:
  /// it is shown as any other tool's then.
  ///
  /// - Parameter output: Nil where none was recorded.
  static func item(_ call: ToolCall, _ output: ToolOutput?) -> ThreadItem?

  /// What a search looks through, one text after the other.
  var searchedTexts: [String] { get }
}

extension ItemKind {
  static var events: [EventKind] { [] }
  static var completedTypes: [String] { [] }
  static var extensionKinds: [String] { [] }
  static func effect(ofTool name: String) -> ToolEffect? { nil }
  static var callItems: [ResponseItemKind] { [] }
  static var role: ItemRole { .work }
  static var passesImagesOn: Bool { false }
  static func isShown(_ source: JSONValue) -> Bool { true }
  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? { nil }
  static func item(completed item: JSONValue, id: String) -> ThreadItem? { nil }
  static func item(_ call: ToolCall, _ output: ToolOutput?) -> ThreadItem? { nil }
  var searchedTexts: [String] { [] }
}

/// What an item does in its turn.
enum ItemRole {
  case userMessage
  case agentMessage
  case reasoning
  /// A review that begins or ends, and may be a turn of its own.
  case review
  /// A remark about the conversation.
  case remark
  /// Something that was done; a code cell may have done it (HISTORY.md 5.1).
  case work
}

/// What a call of a tool of the model does to the items of a thread.
enum ToolEffect {
  /// It is an item.
  case item
  /// It is an item that later calls may go on with.
  case startsSession
  /// It goes on with an earlier item.
  case continuesSession
  /// It is the turn's plan until the next one.
  case plan
  /// It asks the user something that a message of the agent says too.
  case asksUser
  /// It waits: for a code cell if it names one.
  case waits
}

/// The kinds of items that are known.
enum ItemKinds {
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

  /// The kind that an event is an item of; nil for events that are none.
  static func kind(of event: EventKind) -> (any ItemKind.Type)? { byEvent[Int(event.rawValue)] }

  /// The kind of a completed item; nil where no client knows it.
  static func kind(ofCompleted item: JSONValue) -> (any ItemKind.Type)? {
    guard let type = item.string("type") else { return nil }
    if type == "Extension" { return item.string("kind").flatMap { byExtension[$0] } }
    return byCompletedType[type]
  }

  /// The kind that a call is shown as where nothing tells more.
  static func kind(of call: ToolCall) -> any ItemKind.Type {
    switch call.source {
    case .item(let item): byCallItem[item] ?? ThreadItem.McpToolCall.self
    case .tool: tool(call.name, in: call.namespace)?.kind ?? ThreadItem.McpToolCall.self
    case .customTool where call.name == PatchText.tool: ThreadItem.FileChange.self
    case .customTool: ThreadItem.McpToolCall.self
    }
  }

  /// A tool of the model that is more than any other; nil for one of a server's or a client's.
  static func tool(
    _ name: String, in namespace: String?
  ) -> (kind: any ItemKind.Type, effect: ToolEffect)? {
    if let namespace, namespace.hasPrefix(ThreadItem.McpToolCall.namespace) { return nil }
    for kind in all {
      if let effect = kind.effect(ofTool: name) { return (kind, effect) }
    }
    return nil
  }

  /// Whether a record's images can stay in the file until its item is written.
  static func passesImagesOn(_ record: Record) -> Bool {
    switch record.kind {
    case .compacted, .responseItem(.message): true
    // Images in outputs are not shown at all.
    case .responseItem(.functionCallOutput), .responseItem(.customToolCallOutput): true
    case .responseItem(let item): byCallItem[item]?.passesImagesOn ?? false
    case .event(.itemCompleted):
      record.payload["item"].flatMap { kind(ofCompleted: $0) }?.passesImagesOn ?? false
    case .event(let event): kind(of: event)?.passesImagesOn ?? false
    default: false
    }
  }

  /// By the event's number, since there is an event in most records.
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
  /// What a search looks through: what was said, and what tools were given and gave.
  package var searchedTexts: [String] { (content as? any ItemKind)?.searchedTexts ?? [] }
}
