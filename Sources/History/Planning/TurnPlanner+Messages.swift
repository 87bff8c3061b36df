import JSON
import Protocol
import Rollouts

// Messages reported by events and by completed items (HISTORY.md 2, 3).
extension TurnPlanner {
  /// Plans the event of a message of the user.
  mutating func addUserMessage(_ record: Record) {
    guard let turn = messageTurn(record, opensTurn: true) else { return }
    add(record, to: turn, traits: traitsOfEvents.union(.userMessage), id: nil)
  }

  /// Plans the event of a message of the agent.
  mutating func addAgentMessage(_ record: Record) {
    guard let text = record.payload["message"], text.kind == .string, !text.text.isEmpty else {
      return
    }
    endRebuilding { planner in planner.dropRebuiltAgentMessage(text.asString ?? "") }
    hideQuestion(toldBy: record.payload)
    guard let turn = messageTurn(record) else { return }
    add(record, to: turn, traits: traitsOfEvents.union(.agentMessage), id: nil)
  }

  /// The traits of an event of a message. Where messages are completed items, the event counts only
  /// until one of these comes.
  private var traitsOfEvents: ItemPlan.Traits {
    generation.usesCompletedItems ? .messageEvent : []
  }

  /// The index of the turn that an event of a message or of reasoning belongs to; nil where the
  /// turn has messages from completed items.
  mutating func messageTurn(_ record: Record, opensTurn: Bool = false) -> Int? {
    if opensTurn { prepareTurnForUserMessage(record) }
    guard let turn = turn(for: record) else { return nil }
    return turns[turn].hasCompletedMessages ? nil : turn
  }

  /// Opens a turn for a message of the user, unless the message is added to an open explicit turn.
  /// The message ends the rebuilding of messages.
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

  /// Whether a message of the user is added to the open turn instead of beginning one.
  private func isSteering(_ record: Record) -> Bool {
    if isSteerable { return true }
    if case .open = turn(namedBy: record.payload) { return false }
    return true
  }

  /// Hides the call that asks a question which a message of the agent shows.
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
  /// Plans a completed item.
  mutating func addCompletedItem(_ record: Record) {
    guard let item = record.payload["item"], let kind = ItemKinds.kind(ofCompleted: item) else {
      return
    }
    let id = item["id"].flatMap { $0.kind == .string && !$0.text.isEmpty ? $0 : nil }
    switch kind.role {
    // In other files these are reported by events or rebuilt.
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

  /// Hides the events of messages of a turn whose first message from a completed item was found.
  private mutating func preferCompletedItems(in turn: Int) {
    change(turn) { turn in
      turn.hasCompletedMessages = true
      for index in turn.items.indices where turn.items[index].traits.contains(.messageEvent) {
        turn.items[index].traits.insert(.hidden)
      }
    }
  }
}
