package import Protocol
package import Rollouts

/// What a turn will show: the plan of it, from one fast look at the records; the texts stay in the
/// file until the answer is written (HISTORY.md 7).
package struct TurnPlan: Sendable {
  package var id: String
  /// Opened by a record that says so, not just by something happening.
  package var isExplicit: Bool
  package var status: TurnStatus
  package var error: TurnError?
  /// Unix seconds.
  package var startedAt: Int64?
  /// Unix seconds.
  package var completedAt: Int64?
  package var durationMs: Int64?
  package var rootTurnID: String?
  /// The record that opened it: what stands before is the thread as it was then.
  package var start: RecordLocation
  package var items: [ItemPlan] = []

  /// Tells this turn from one that stood in its place before a rollback.
  var serial: UInt32
  /// Where it stands among the others if not where it begins: a turn whose beginning is missing stands
  /// where its end does.
  var place: RecordLocation?
  /// Whether nothing but its items tells of it as yet: neither a beginning nor an end.
  var isUnconfirmed = false
  /// Whether its messages come from completed items, so that events of messages do not count.
  var hasCompletedMessages = false
  /// Which item is the plan that is shown.
  var shownPlan: Int?

  /// Whether there is nothing to show.
  package var isEmpty: Bool { items.allSatisfy(\.isHidden) }

  /// Whether it is no turn after all: it just happened to begin, and has nothing to show.
  var isDiscardable: Bool { !isExplicit && isEmpty }

  /// The items that a view of the turn shows: of a summary the first message of the user and the
  /// last of the agent (PROTOCOL.md 7).
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

/// Which records make an item.
package struct ItemPlan: Sendable {
  package var record: RecordLocation
  /// The output of a call.
  package var output: RecordLocation?
  /// Further parts of reasoning; further outputs of a call that went on.
  package var more: [Continuation] = []
  /// Which of the record's items this is, from 0: a compaction can hold several messages, a code cell
  /// several calls.
  package var part: UInt32 = 0
  /// The working directory a rebuilt call counts from: an index into `HistoryPlan.directories`.
  package var directory: UInt16 = 0
  package var traits: Traits

  /// A record that goes on with an item.
  package struct Continuation: Sendable {
    package let record: RecordLocation
    /// Whether it is the output of a wait for a code cell, and so a part of the output before.
    package var isWait = false
  }

  package struct Traits: OptionSet, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Replaced or overtaken by something else; kept because other items count their places.
    package static let hidden = Traits(rawValue: 1)
    /// Made of response items: an event or completed item of the same id replaces it.
    package static let rebuilt = Traits(rawValue: 2)
    /// A call that starts a command which may go on.
    package static let startsSession = Traits(rawValue: 4)
    /// A rebuilt plan.
    package static let plan = Traits(rawValue: 8)
    /// The event of a message in a paginated file.
    package static let messageEvent = Traits(rawValue: 16)
    /// Its id is made from the byte offset although the record has an ordinal.
    package static let identifiedByOffset = Traits(rawValue: 32)
    /// A user's message.
    package static let userMessage = Traits(rawValue: 64)
    /// A message of the agent.
    package static let agentMessage = Traits(rawValue: 128)
    /// Its record's id is another item's already: its own is made of its place.
    package static let repeatsID = Traits(rawValue: 256)
    /// An event or completed item whose call was seen: another call of its id is another item.
    package static let hasCall = Traits(rawValue: 512)
    /// A call of a code cell, or the cell itself.
    package static let cell = Traits(rawValue: 1024)
  }

  package var isHidden: Bool { traits.contains(.hidden) }

  /// The outputs of a call, in the order of the file.
  var outputs: [Continuation] { (output.map { [Continuation(record: $0)] } ?? []) + more }
}

/// What a thread's records come to.
package struct HistoryPlan: Sendable {
  package var turns: [TurnPlan] = []
  /// Whether these are all turns; else they are the last ones.
  package var isWhole = true
  /// The working directories that rebuilt calls count from.
  package var directories: [String] = []
  package var usage: TokenUsagePlan = TokenUsagePlan()
  /// Parts of the files that could not be used.
  package var damage: [Damage] = []

  /// How many faults are kept; the rest is only counted.
  static let damageLimit = 100
  package var damageCount = 0
}

/// What the notification of a thread's token usage is made of (PROTOCOL.md 5).
package struct TokenUsagePlan: Sendable {
  /// The last `token_count` that tells something.
  package var record: RecordLocation?
  /// The turn that it is told for.
  package var turnID: String?
}
