import JSON
import Protocol
import Rollouts

// Calls rebuilt from response items (HISTORY.md 5).
extension TurnPlanner {
  mutating func add(_ item: ResponseItemKind, _ record: Record) {
    switch item {
    case .message: rebuildMessage(record)
    case .reasoning: rebuildReasoning(record)
    case .functionCall: addFunctionCall(record)
    case .customToolCall where record.payload.string("name") == ToolName.codeCell: addCell(record)
    case .webSearchCall where record.payload.itemID == nil: addNamelessSearch(record)
    case .customToolCall, .localShellCall, .webSearchCall, .imageGenerationCall: addCall(record)
    case .functionCallOutput, .customToolCallOutput: addOutput(record)
    case .other: break
    }
  }

  private mutating func addFunctionCall(_ record: Record) {
    let name = record.payload.string("name") ?? ""
    switch ItemKinds.tool(name, in: record.payload.string("namespace"))?.effect {
    case .continuesSession: addContinuation(record)
    // Shown when its output accepts it.
    case .plan: addCall(record, [.plan, .hidden])
    case .startsSession: addCall(record, .startsSession)
    case .asksUser: question = addCall(record)
    case .waits where addWait(record): break
    case .waits, .item, nil: addCall(record)
    }
  }

  /// An event or completed item of the same id says more than the call, whichever came first.
  ///
  /// - Returns: Where the call's item stands; nil where it is none.
  @discardableResult
  private mutating func addCall(_ record: Record, _ traits: ItemPlan.Traits = []) -> ItemPlace? {
    let turn = openTurn(orImplicitFor: record)
    if let id = record.payload.itemID, isReported(id, in: turn) { return nil }
    add(record, to: turn, traits: traits.union(.rebuilt), id: nil)
    return place(turns[turn].items.count - 1, in: turn)
  }

  /// Whether an event told of a call before the call itself came.
  mutating func isReported(_ id: JSONValue, in turn: Int) -> Bool {
    // Only the first item of an id can be an event's alone: later events take the place of others.
    guard let first = place(of: id, in: turn),
      turns[turn].items[first].traits.isDisjoint(with: [.rebuilt, .hasCall])
    else { return false }
    change(turn) { $0.items[first].traits.insert(.hasCall) }
    return true
  }

  /// Goes on with the last command whose output named the session.
  private mutating func addContinuation(_ record: Record) {
    guard let id = record.payload.itemID, let turn = openTurn,
      let command = record.payload["arguments"]?.withNestedJSON({ commandContinued(by: $0) })
    else { return }
    continuations[key(id, in: turn)] = command
  }

  /// The command that arguments go on with; nil where none is known.
  func commandContinued(by arguments: JSONValue) -> ItemPlace? {
    arguments["session_id"]?.asWholeNumber.flatMap { sessions[$0] ?? earlierPlace }
  }
}

// Outputs.
extension TurnPlanner {
  /// Most outputs have only to be put to their calls, for which their text need not be parsed.
  ///
  /// - Returns: False where more of the output matters.
  mutating func visitUnparsed(
    _ kind: RecordKind, _ payload: JSONMembers, at location: RecordLocation
  ) -> Bool {
    if kind == .event(.tokenCount) {
      guard let info = payload.first("info") else { return false }
      noteTokenCount(at: location, isTelling: !info.equals("null"))
      return true
    }
    guard let id = payload.first("call_id"), id.count > 2, id.first == UInt8(ascii: "\""),
      !id.contains("\\"), let turn = openTurn
    else { return false }
    let key = key(UnsafeBufferPointer(rebasing: id.dropFirst().dropLast()), in: turn)
    guard continuations[key] == nil, !cells.expectsOutput(of: key),
      let place = placeWithoutOutput(of: key, in: turn),
      turns[turn].items[place].traits.isDisjoint(with: [.startsSession, .plan])
    else { return false }
    change(turn) { $0.items[place].output = location }
    return true
  }

  /// The first item of an id that is a call whose output did not come yet.
  private mutating func placeWithoutOutput(of key: ItemKey, in turn: Int) -> Int? {
    firstItem(of: key, in: turn, \.firstWithoutOutput) { item in
      item.output == nil && !item.traits.contains(.cell)
        && !item.traits.isDisjoint(with: [.rebuilt, .hasCall])
    }
  }

  private mutating func addOutput(_ record: Record) {
    guard let id = record.payload["call_id"], id.kind == .string, let turn = openTurn else {
      return
    }
    let key = key(id, in: turn)
    if addOutput(record, ofCellBehind: key) { return }
    if let command = continuations.removeValue(forKey: key) {
      noteDependence(on: command, ofOutputOf: id, in: turn)
      return continueItem(at: command, record, isWait: false)
    }
    guard let item = placeWithoutOutput(of: key, in: turn) else { return }
    setOutput(record, of: place(item, in: turn))
  }

  /// Adds what came later to the item of a call.
  mutating func continueItem(at call: ItemPlace, _ record: Record, isWait: Bool) {
    change(call) { item in
      guard item.traits.contains(.rebuilt) else { return }
      item.more.append(ItemPlan.Continuation(record: record.location, isWait: isWait))
    }
  }

  /// Puts an output to its call, and what follows from it.
  mutating func setOutput(_ record: Record, of call: ItemPlace) {
    change(call) { $0.output = record.location }
    let traits = turns[call.turn].items[call.item].traits
    guard traits.contains(.rebuilt), !traits.isDisjoint(with: [.startsSession, .plan]) else {
      return
    }
    let output = ToolOutput(record.payload["output"])
    noteSession(output, of: call)
    if traits.contains(.plan), output.isAccepted { showPlan(call) }
  }

  /// Notes by what session a command can be gone on with.
  mutating func noteSession(_ output: ToolOutput, of call: ItemPlace) {
    guard turns[call.turn].items[call.item].traits.contains(.startsSession),
      let session = CommandOutput(output).sessionID
    else { return }
    sessions[session] = call
  }

  /// Of a turn's plans the last one that was accepted is shown, where it stands.
  mutating func showPlan(_ place: ItemPlace) {
    change(place.turn) { turn in
      if let shown = turn.shownPlan, turn.items[shown].traits.contains(.plan) {
        turn.items[shown].traits.insert(.hidden)
      }
      turn.items[place.item].traits.remove(.hidden)
      turn.shownPlan = place.item
    }
    reasoningItem = nil
  }
}
