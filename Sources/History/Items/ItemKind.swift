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
  static var mayOmitImages: Bool { get }

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
  static var mayOmitImages: Bool { false }
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
