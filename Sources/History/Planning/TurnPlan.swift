package import Protocol
package import Rollouts

/// The plan of a turn: which records make its items. Their texts stay in the file until the answer
/// is written (HISTORY.md 7).
package struct TurnPlan: Sendable {
  /// The turn's id; opaque.
  package var id: String
  /// Whether a record opened the turn. An implicit turn is opened by the first thing that happens
  /// in it.
  package var isExplicit: Bool
  /// How far the turn got; `inProgress` only while it is planned.
  package var status: TurnStatus
  /// Why the turn failed; nil unless it did.
  package var error: TurnError?
  /// When the turn began, in seconds since 1970; nil where none is recorded.
  package var startedAt: Int64?
  /// When the turn ended, in seconds since 1970; nil where none is recorded.
  package var completedAt: Int64?
  /// How long the turn took, in ms; nil where none is recorded.
  package var durationMs: Int64?
  /// The id of the turn of the parent thread that this turn works for; nil where none is recorded.
  package var rootTurnID: String?
  /// The record that opened the turn. The records before it are the thread without this turn.
  package var start: RecordLocation
  /// The items in their order, hidden ones among them.
  package var items: [ItemPlan] = []

  /// Distinguishes the turn from a rolled-back one that had its index.
  var serial: UInt32
  /// The place by which the turn is sorted, where that is not `start`: a turn whose beginning is
  /// missing is sorted by its end.
  var place: RecordLocation?
  /// Whether only items named the turn so far, and neither a beginning nor an end.
  var isUnconfirmed = false
  /// Whether the turn's messages come from completed items, so that events of messages do not
  /// count.
  var hasCompletedMessages = false
  /// The index of the item that shows the turn's current plan; nil where there is none.
  var shownPlan: Int?

  /// Whether the turn has no visible item.
  package var isEmpty: Bool { items.allSatisfy(\.isHidden) }

  /// Whether the turn is dropped: it is implicit and has no visible item.
  var isDiscardable: Bool { !isExplicit && isEmpty }

  /// The visible items in a view of the turn: in a summary the first message of the user and the
  /// last one of the agent (PROTOCOL.md 7).
  package func items(in view: TurnItemsView) -> [ItemPlan] {
    switch view {
    case .notLoaded: return []
    case .full: return items.filter { !$0.isHidden }
    case .summary:
      let question = items.firstIndex { !$0.isHidden && $0.traits.contains(.userMessage) }
      let answer = items.lastIndex { !$0.isHidden && $0.traits.contains(.agentMessage) }
      return [question, answer].compactMap { $0 }.sorted().map { items[$0] }
    }
  }
}

/// The plan of an item: the records that it is made of.
package struct ItemPlan: Sendable {
  /// The record that reported the item first.
  package var record: RecordLocation
  /// The first output of a call; nil where none was recorded.
  package var output: RecordLocation?
  /// Further events of reasoning, or further outputs of a call.
  package var more: [Continuation] = []
  /// The index of the item among those of its record: a compaction can hold several messages, a
  /// code cell several calls.
  package var part: UInt32 = 0
  /// The working directory of a rebuilt call, as an index into `HistoryPlan.directories`.
  package var directory: UInt16 = 0
  /// What is known of the item beside its records.
  package var traits: Traits

  /// A further record of an item.
  package struct Continuation: Sendable {
    /// The place of the record.
    package let record: RecordLocation
    /// Whether the record is the output of a wait for a code cell, which continues the output
    /// before.
    package var isWait = false
  }

  /// A set of properties of an item.
  package struct Traits: OptionSet, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The item is not shown. It is kept because items refer to others by their index.
    package static let hidden = Traits(rawValue: 1)
    /// The item is made of response items. An event or completed item with its id replaces it.
    package static let rebuilt = Traits(rawValue: 2)
    /// The item is a call that starts a command, which may still run after its output.
    package static let startsSession = Traits(rawValue: 4)
    /// The item is a rebuilt plan.
    package static let plan = Traits(rawValue: 8)
    /// The item is an event of a message in a file whose messages are completed items.
    package static let messageEvent = Traits(rawValue: 16)
    /// The item's id is made of the byte offset although its record has an ordinal.
    package static let identifiedByOffset = Traits(rawValue: 32)
    /// The item is a message of the user.
    package static let userMessage = Traits(rawValue: 64)
    /// The item is a message of the agent.
    package static let agentMessage = Traits(rawValue: 128)
    /// Another item of the turn has the id of the record, so the item's id is made of its place.
    package static let repeatsID = Traits(rawValue: 256)
    /// The item is an event or completed item whose call was seen. Another call with the id is
    /// another item.
    package static let hasCall = Traits(rawValue: 512)
    /// The item is a code cell, or a call in one.
    package static let cell = Traits(rawValue: 1024)
  }

  /// Whether the item is not shown.
  package var isHidden: Bool { traits.contains(.hidden) }

  /// All outputs of a call, in the order of the file.
  var outputs: [Continuation] { (output.map { [Continuation(record: $0)] } ?? []) + more }
}

/// The plan of a thread: its turns, and what else its records report.
package struct HistoryPlan: Sendable {
  /// The turns in their order.
  package var turns: [TurnPlan] = []
  /// Whether `turns` are all turns of the thread, and not only the last ones.
  package var isWhole = true
  /// The working directories of rebuilt calls.
  package var directories: [String] = []
  /// What the token usage of the thread is read from.
  package var usage: TokenUsagePlan = TokenUsagePlan()
  /// The first parts of the files that could not be used, `damageLimit` at most.
  package var damage: [Damage] = []

  /// The number of damaged parts of which the place and the reason are kept.
  static let damageLimit = 100
  /// The number of all parts of the files that could not be used.
  package var damageCount = 0
  /// The first oddity of each kind, beside damage.
  package var oddities: [Oddity] = []
}

/// Something in the files of a thread that costs no record, but may be the trace of a loss.
package struct Oddity: Sendable {
  /// A kind of oddities.
  package enum Kind: Sendable {
    /// NULs around a record.
    case padding
    /// An ordinal that is not greater than all before it.
    case ordinal
  }

  /// What the oddity is.
  package let kind: Kind
  /// The index of the file in its chain.
  package let file: Int
  /// The offset in bytes from the start of the file.
  package let offset: Int
}

/// What the notification of a thread's token usage is made of (PROTOCOL.md 5).
package struct TokenUsagePlan: Sendable {
  /// The last `token_count` that holds numbers; nil where there is none.
  package var record: RecordLocation?
  /// The id of the turn that the usage is reported for; nil in a thread without turns.
  package var turnID: String?
}
