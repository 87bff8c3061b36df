import JSON
import Protocol
import Rollouts

// Messages rebuilt from response items (HISTORY.md 4).
extension TurnPlanner {
  /// Plans a message that is a response item.
  mutating func rebuildMessage(_ record: Record) {
    let message = ResponseMessage(record.payload)
    if message.isOfUser {
      if message.hookPrompts != nil { return addHookPrompts(record) }
      guard isRebuilding, !message.isContext else { return }
      if openTurn.map({ !turns[$0].isExplicit }) ?? true { openImplicitTurn(for: record) }
      let turn = openTurn(orImplicitFor: record)
      rebuiltMessages.ofUser = rebuilt(ThreadItem.UserMessage.content(of: message).words, in: turn)
      add(record, to: turn, traits: [.rebuilt, .userMessage], id: nil)
    } else if isRebuilding, message.isOfAgent {
      let text = message.text
      guard !text.isEmpty else { return }
      let turn = openTurn(orImplicitFor: record)
      rebuiltMessages.ofAgent = rebuilt(text.string, in: turn)
      add(record, to: turn, traits: [.rebuilt, .agentMessage], id: nil)
    }
  }

  /// Adds the prompts of hooks in a message. Where messages are completed items, the prompts are
  /// too.
  private mutating func addHookPrompts(_ record: Record) {
    guard isRebuilding || !generation.usesCompletedItems else { return }
    let turn = openTurn(orImplicitFor: record)
    if let id = record.payload.itemID, isReported(id, in: turn) { return }
    add(record, to: turn, traits: .rebuilt, id: nil)
  }

  /// A note of the message that is about to be added.
  private func rebuilt(_ text: String, in turn: Int) -> RebuiltMessages.Message {
    RebuiltMessages.Message(turn: turns[turn].serial, item: turns[turn].items.count, text: text)
  }

  /// Plans reasoning that is a response item.
  mutating func rebuildReasoning(_ record: Record) {
    guard isRebuilding, !ThreadItem.Reasoning(id: "", responseItem: record.payload).isEmpty else {
      return
    }
    add(record, traits: .rebuilt)
  }

  /// Whether the next compaction is planned: it then holds what came before the first turn
  /// (ROLLOUTS.md 4.4). Of several the last one counts.
  var takesCompaction: Bool {
    isRebuilding && turns.count == rebuiltMessages.turnsOfCompaction
  }

  /// Plans the messages in a compaction, in place of those of the compaction before.
  mutating func rebuildMessages(ofCompaction record: Record) {
    guard takesCompaction, let history = record.payload["replacement_history"],
      history.kind == .array
    else { return }
    for turn in turns { preview.retract(turn.items) }
    dropTurns(from: 0)
    for (part, item) in history.elements.enumerated()
    where item["type"]?.textEquals("message") == true {
      rebuild(ResponseMessage(item), item.itemID, of: record, part: part)
    }
    rebuiltMessages.turnsOfCompaction = turns.count
  }

  private mutating func rebuild(
    _ message: ResponseMessage, _ id: JSONValue?, of record: Record, part: Int
  ) {
    if message.isOfUser, !message.isContext {
      openImplicitTurn(for: record)
      if part > 0 { change(turns.count - 1) { $0.id += ".\(part + 1)" } }
      add(record, to: turns.count - 1, traits: [.rebuilt, .userMessage], id: id, part: part)
    } else if message.isOfAgent, !message.text.isEmpty {
      let turn = openTurn(orImplicitFor: record)
      add(record, to: turn, traits: [.rebuilt, .agentMessage], id: id, part: part)
    }
  }

  /// Ends the rebuilding of messages, since the file reports messages by events or completed items.
  ///
  /// - Parameter drop: Removes the item that was rebuilt for the first of these messages.
  mutating func endRebuilding(_ drop: (inout TurnPlanner) -> Void) {
    guard isRebuilding else { return }
    isRebuilding = false
    drop(&self)
    rebuiltMessages = RebuiltMessages()
  }

  /// Hides the rebuilt messages of the user in a turn.
  mutating func hideRebuiltUserMessages(in turn: Int) {
    change(turn) { turn in
      for index in turn.items.indices
      where turn.items[index].traits.isSuperset(of: [.rebuilt, .userMessage]) {
        turn.items[index].traits.insert(.hidden)
      }
    }
    preview.retract(turns[turn].items)
  }

  /// Drops the last turn if it holds nothing but rebuilt messages of the user.
  mutating func dropRebuiltTurn() {
    guard let last = turns.indices.last, holdsOnlyRebuiltUserMessages(last) else { return }
    preview.retract(turns[last].items)
    dropTurns(from: last)
  }

  /// Hides the turn before a turn if it only holds the message that a record reports: files that
  /// the original converted have the message before its turn.
  mutating func dropRebuiltTurn(before turn: Int, saying record: Record) {
    guard turn > 0, holdsOnlyRebuiltUserMessages(turn - 1),
      let rebuilt = rebuiltMessages.ofUser, rebuilt.turn == turns[turn - 1].serial,
      ThreadItem.UserMessage.content(of: record, part: 0)?.words == rebuilt.text
    else { return }
    preview.retract(turns[turn - 1].items)
    hide(turn - 1)
  }

  /// Whether a turn is implicit and holds nothing but rebuilt messages of the user.
  private func holdsOnlyRebuiltUserMessages(_ turn: Int) -> Bool {
    !turns[turn].isExplicit && !turns[turn].isEmpty
      && turns[turn].items.allSatisfy {
        $0.isHidden || $0.traits.isSuperset(of: [.rebuilt, .userMessage])
      }
  }

  /// Hides the last rebuilt message of the agent if it has this text and is the last item of its
  /// turn.
  mutating func dropRebuiltAgentMessage(_ text: String) {
    guard let rebuilt = rebuiltMessages.ofAgent, rebuilt.text == text,
      let turn = turns.indices.last, turns[turn].serial == rebuilt.turn,
      lastVisibleItem(of: turn) == rebuilt.item
    else { return }
    change(turn) { $0.items[rebuilt.item].traits.insert(.hidden) }
  }
}
