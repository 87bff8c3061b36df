import JSON
import Protocol
import Rollouts

// Messages: by events, by completed items, and rebuilt from response items (HISTORY.md 3, 4).
extension TurnPlanner {
  mutating func addUserMessage(_ record: Record) {
    guard let turn = messageTurn(record, opensTurn: true) else { return }
    let traits: ItemPlan.Traits = isPaginated ? [.messageEvent, .userMessage] : .userMessage
    add(record, to: turn, traits: traits, id: nil)
  }

  mutating func addAgentMessage(_ record: Record) {
    guard let text = record.payload["message"], text.kind == .string, !text.text.isEmpty else {
      return
    }
    endRebuilding { planner in planner.dropRebuiltAgentMessage(text.asString ?? "") }
    guard let turn = messageTurn(record) else { return }
    let traits: ItemPlan.Traits = isPaginated ? [.messageEvent, .agentMessage] : .agentMessage
    add(record, to: turn, traits: traits, id: nil)
  }

  /// The turn that an event of a message or of reasoning belongs to; nil where completed items are
  /// the source and the turn has some.
  mutating func messageTurn(_ record: Record, opensTurn: Bool = false) -> Int? {
    if opensTurn { prepareTurnForUserMessage(record) }
    let turn: Int
    switch self.turn(namedBy: record.payload) {
    case .missing: return nil
    case .turn(let index): turn = index
    case .open: turn = openTurn(orImplicitFor: record)
    }
    return turns[turn].hasCompletedMessages ? nil : turn
  }

  /// A user's message begins a turn, unless one was opened explicitly: several messages steer it.
  private mutating func prepareTurnForUserMessage(_ record: Record) {
    if let open = openTurn, turns[open].isExplicit, isSteering(record) {
      return endRebuilding { planner in planner.hideRebuiltUserMessages(in: open) }
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

  mutating func addCompletedItem(_ record: Record) {
    guard let item = record.payload["item"], let type = item.string("type") else { return }
    let id = item["id"].flatMap { $0.kind == .string ? $0 : nil }
    switch type {
    case "UserMessage", "AgentMessage", "Reasoning":
      if isPaginated { addCompletedMessage(record, type: type, id: id) }
    case "Plan":
      if item["text"].flatMap({ JSONText($0)?.isBlank }) == false { add(record, id: id) }
    case "CommandExecution":
      if item.string("source") != "unified_exec_interaction" { add(record, id: id) }
    case "EnteredReviewMode": addReview(record, turnID: record.payload["turn_id"], id: id)
    case _ where CompletedItemType(rawValue: type) != nil: add(record, id: id)
    default: break
    }
  }

  private mutating func addCompletedMessage(_ record: Record, type: String, id: JSONValue?) {
    guard case .turn(let turn) = completedTurn(record) else { return }
    if type == "UserMessage" {
      endRebuilding { planner in planner.hideRebuiltUserMessages(in: turn) }
    } else if type == "AgentMessage" {
      let text = joinedText(record.payload["item"]?["content"])
      endRebuilding { planner in planner.dropRebuiltAgentMessage(text) }
    }
    if type != "Reasoning", !turns[turn].hasCompletedMessages { preferCompletedItems(in: turn) }
    add(record, to: turn, traits: traits(ofCompleted: type), id: id)
  }

  private func traits(ofCompleted type: String) -> ItemPlan.Traits {
    switch type {
    case "UserMessage": .userMessage
    case "AgentMessage": .agentMessage
    default: []
    }
  }

  private mutating func completedTurn(_ record: Record) -> NamedTurn {
    let named = turn(namedBy: record.payload)
    if case .open = named { return .turn(openTurn(orImplicitFor: record)) }
    return named
  }

  /// Events of messages that came before the turn's first completed item said the same.
  private mutating func preferCompletedItems(in turn: Int) {
    change(turn) { turn in
      turn.hasCompletedMessages = true
      for index in turn.items.indices where turn.items[index].traits.contains(.messageEvent) {
        turn.items[index].traits.insert(.hidden)
      }
    }
  }
}

// Rebuilding.
extension TurnPlanner {
  mutating func rebuildMessage(_ record: Record) {
    let role = record.payload["role"]
    if role?.textEquals("user") == true {
      if isHookPrompt(record.payload) { return add(record, traits: .rebuilt) }
      guard isRebuilding, !isContext(record.payload) else { return }
      if openTurn.map({ !turns[$0].isExplicit }) ?? true { openImplicitTurn(for: record) }
      add(record, traits: [.rebuilt, .userMessage])
    } else if isRebuilding, role?.textEquals("assistant") == true {
      rebuildAgentMessage(record, record.payload)
    }
  }

  private mutating func rebuildAgentMessage(_ record: Record, _ message: JSONValue) {
    let text = joinedText(message["content"])
    guard !text.isEmpty else { return }
    let turn = openTurn(orImplicitFor: record)
    rebuiltAgentText = (turn: turns[turn].serial, item: turns[turn].items.count, text: text)
    add(record, to: turn, traits: [.rebuilt, .agentMessage], id: nil)
  }

  mutating func rebuildReasoning(_ record: Record) {
    guard isRebuilding, !reasoningText(record.payload).isEmpty else { return }
    add(record, traits: .rebuilt)
  }

  /// A file may begin with a compaction that holds what came before (ROLLOUTS.md 4.4).
  mutating func rebuildMessages(ofCompaction record: Record) {
    guard isRebuilding, turns.isEmpty,
      let history = record.payload["replacement_history"], history.kind == .array
    else { return }
    for (part, message) in history.elements.enumerated()
    where message["type"]?.textEquals("message") == true {
      if message["role"]?.textEquals("user") == true {
        guard !isContext(message) else { continue }
        openImplicitTurn(for: record)
        if part > 0 { change(turns.count - 1) { $0.id += ".\(part + 1)" } }
        add(
          record, to: turns.count - 1, traits: [.rebuilt, .userMessage], id: itemID(of: message),
          part: part)
      } else if message["role"]?.textEquals("assistant") == true,
        !joinedText(message["content"]).isEmpty
      {
        let turn = openTurn(orImplicitFor: record)
        add(
          record, to: turn, traits: [.rebuilt, .agentMessage], id: itemID(of: message), part: part)
      }
    }
  }

  /// The first message that stands in the file as one ends the rebuilding of messages; `drop`
  /// takes away what was rebuilt for this very message.
  private mutating func endRebuilding(_ drop: (inout TurnPlanner) -> Void) {
    guard isRebuilding else { return }
    isRebuilding = false
    drop(&self)
  }

  private mutating func hideRebuiltUserMessages(in turn: Int) {
    change(turn) { turn in
      for index in turn.items.indices
      where turn.items[index].traits.isSuperset(of: [.rebuilt, .userMessage]) {
        turn.items[index].traits.insert(.hidden)
      }
    }
    preview.retract(turns[turn].items)
  }

  /// The turn just before, if the message was all it held.
  private mutating func dropRebuiltTurn() {
    guard let last = turns.last, !last.isExplicit, !last.isEmpty,
      last.items.allSatisfy({ $0.isHidden || $0.traits.isSuperset(of: [.rebuilt, .userMessage]) })
    else { return }
    preview.retract(last.items)
    dropTurns(from: turns.count - 1)
  }

  private mutating func dropRebuiltAgentMessage(_ text: String) {
    guard let rebuilt = rebuiltAgentText, rebuilt.text == text, let turn = turns.indices.last,
      turns[turn].serial == rebuilt.turn, lastVisibleItem(of: turn) == rebuilt.item
    else { return }
    change(turn) { $0.items[rebuilt.item].traits.insert(.hidden) }
  }
}
