import JSON
import Protocol
import Rollouts

/// A kind of item: which records report it, what items they make, and which texts a search goes
/// through.
///
/// The wire types of items conform to this. A new kind needs a file in this folder and a line in
/// `ItemKinds`.
protocol ItemKind: SendableMetatype {
  /// The events that make items of this kind (HISTORY.md 2).
  static var events: [EventKind] { get }

  /// The `type`s of completed items of this kind (HISTORY.md 3).
  static var completedTypes: [String] { get }

  /// The `kind`s of completed items of the type `Extension` that are of this kind.
  static var extensionKinds: [String] { get }

  /// The effect of a tool whose calls make items of this kind where no event reports them
  /// (HISTORY.md 5); nil for the tools of other kinds.
  static func effect(ofTool name: String) -> ToolEffect?

  /// The types of response items that are calls of this kind, apart from calls of a tool by its
  /// name.
  static var callItems: [ResponseItemKind] { get }

  /// The role of items of this kind in a turn, which the planner depends on.
  static var role: ItemRole { get }

  /// Whether an event or a completed item of this kind is shown; some only report that an item goes
  /// on.
  static func isShown(_ source: JSONValue) -> Bool

  /// Makes an item of an event; nil where the event holds nothing that clients know.
  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem?

  /// Makes an item of a completed item; nil where that holds nothing that clients know.
  static func item(completed item: JSONValue, id: String) -> ThreadItem?

  /// Makes an item of a call and its output; nil where the call is not of this kind after all, so
  /// that it is shown like that of any other tool.
  ///
  /// - Parameter output: The output; nil where none was recorded.
  static func item(_ call: ToolCall, _ output: ToolOutput?) -> ThreadItem?

  /// The texts that a search goes through, in their order.
  var searchedTexts: [String] { get }
}

extension ItemKind {
  static var events: [EventKind] { [] }
  static var completedTypes: [String] { [] }
  static var extensionKinds: [String] { [] }
  static func effect(ofTool name: String) -> ToolEffect? { nil }
  static var callItems: [ResponseItemKind] { [] }
  static var role: ItemRole { .work }
  static func isShown(_ source: JSONValue) -> Bool { true }
  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? { nil }
  static func item(completed item: JSONValue, id: String) -> ThreadItem? { nil }
  static func item(_ call: ToolCall, _ output: ToolOutput?) -> ThreadItem? { nil }
  var searchedTexts: [String] { [] }
}

/// The role of an item in its turn.
enum ItemRole {
  /// A message of the user.
  case userMessage
  /// A message of the agent.
  case agentMessage
  /// Reasoning of the agent.
  case reasoning
  /// The beginning or the end of a review, which may be a turn of its own.
  case review
  /// A remark about the conversation.
  case remark
  /// Work that was done, perhaps by a code cell (HISTORY.md 5.1).
  case work
}

/// The effect that a call of a tool has on the items of a thread.
enum ToolEffect {
  /// The call is an item.
  case item
  /// The call is an item that later calls may continue.
  case startsSession
  /// The call continues an earlier item.
  case continuesSession
  /// The call is the plan of its turn until the next such call.
  case plan
  /// The call asks a question that a message of the agent shows too.
  case asksUser
  /// The call waits for a code cell, if it names one, or else for agents.
  case waits
}
