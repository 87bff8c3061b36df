import JSON
import Protocol
import Rollouts

// Messages told by events and by completed items (HISTORY.md 2, 3).
extension TurnPlanner {
  mutating func addUserMessage(_ record: Record) {
    guard let turn = messageTurn(record, opensTurn: true) else { return }
    add(record, to: turn, traits: traitsOfEvents.union(.userMessage), id: nil)
  }

  mutating func addAgentMessage(_ record: Record) {
    guard let text = record.payload["message"], text.kind == .string, !text.text.isEmpty else {
      return
    }
    endRebuilding { planner in planner.dropRebuiltAgentMessage(text.asString ?? "") }
    hideQuestion(toldBy: record.payload)
    guard let turn = messageTurn(record) else { return }
    add(record, to: turn, traits: traitsOfEvents.union(.agentMessage), id: nil)
  }

  /// Where completed items are the source, an event of a message counts until one of them comes.
  private var traitsOfEvents: ItemPlan.Traits {
    generation.usesCompletedItems ? .messageEvent : []
  }

  /// The turn that an event of a message or of reasoning belongs to; nil where completed items are
  /// the source and the turn has some.
  mutating func messageTurn(_ record: Record, opensTurn: Bool = false) -> Int? {
    if opensTurn { prepareTurnForUserMessage(record) }
    guard let turn = turn(for: record) else { return nil }
    return turns[turn].hasCompletedMessages ? nil : turn
  }

  /// A user's message begins a turn, unless one was opened explicitly: several messages steer it.
  private mutating func prepareTurnForUserMessage(_ record: Record) {
    if let open = openTurn, turns[open].isExplicit, isSteering(record) {
      return endRebuilding { planner in
        planner.hideRebuiltUserMessages(in: open)
        planner.dropRebuiltTurn(before: open, saying: record)
      }
    }
    endRebuilding { planner in planner.dropRebuiltTurn() }
    if let open = openTurn, !turns[open].isExplicit, turns[open].isEmpty { dropTurns(from: open) }
    openImplicitTurn(for: record)
  }

  private func isSteering(_ record: Record) -> Bool {
    if isSteerable { return true }
    if case .open = turn(namedBy: record.payload) { return false }
    return true
  }

  /// A question that the agent asks in a message is not shown as a call too.
  private mutating func hideQuestion(toldBy source: JSONValue) {
    guard let question, source.present("questions") != nil || source.present("delivery") != nil
    else {
      return
    }
    change(question) { if $0.traits.contains(.rebuilt) { $0.traits.insert(.hidden) } }
    self.question = nil
  }
}

// Completed items.
extension TurnPlanner {
  mutating func addCompletedItem(_ record: Record) {
    guard let item = record.payload["item"], let kind = ItemKinds.kind(ofCompleted: item) else {
      return
    }
    let id = item["id"].flatMap { $0.kind == .string && !$0.text.isEmpty ? $0 : nil }
    switch kind.role {
    // In other files events tell of these too, or they are rebuilt.
    case .userMessage, .agentMessage, .reasoning:
      if generation.usesCompletedItems { addCompletedMessage(record, item, kind.role, id: id) }
    case .review where ThreadItem.ReviewMode.isBeginning(item):
      addReview(record, turnID: record.payload["turn_id"], id: id)
    case .review: add(record, id: id)
    case .remark, .work:
      if kind.isShown(item) { addWork(record, item, kind, id: id) }
    }
  }

  private mutating func addCompletedMessage(
    _ record: Record, _ item: JSONValue, _ role: ItemRole, id: JSONValue?
  ) {
    guard let turn = turn(for: record) else { return }
    var traits: ItemPlan.Traits = []
    if role == .userMessage {
      traits = .userMessage
      endRebuilding { planner in
        planner.hideRebuiltUserMessages(in: turn)
        planner.dropRebuiltTurn(before: turn, saying: record)
      }
    } else if role == .agentMessage {
      traits = .agentMessage
      let text = item["content"]?.joinedText.string ?? ""
      endRebuilding { planner in planner.dropRebuiltAgentMessage(text) }
      hideQuestion(toldBy: item)
    }
    if role != .reasoning, !turns[turn].hasCompletedMessages { preferCompletedItems(in: turn) }
    add(record, to: turn, traits: traits, id: id)
  }

  /// Events of messages that came before the turn's first completed item said what it says.
  private mutating func preferCompletedItems(in turn: Int) {
    change(turn) { turn in
      turn.hasCompletedMessages = true
      for index in turn.items.indices where turn.items[index].traits.contains(.messageEvent) {
        turn.items[index].traits.insert(.hidden)
      }
    }
  }
}
