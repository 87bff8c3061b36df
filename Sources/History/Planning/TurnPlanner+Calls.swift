import JSON
import Protocol
import Rollouts

// Calls rebuilt from response items (HISTORY.md 5).
extension TurnPlanner {
  /// Plans a response item.
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
    // A plan is shown once its output accepts it.
    case .plan: addCall(record, [.plan, .hidden])
    case .startsSession: addCall(record, .startsSession)
    case .asksUser: question = addCall(record)
    case .waits where addWait(record): break
    case .waits, .item, nil: addCall(record)
    }
  }

  /// Adds the item of a call, unless an event or completed item has its id: these hold more than
  /// the call.
  ///
  /// - Returns: The place of the item; nil where the call is not an item.
  @discardableResult
  private mutating func addCall(_ record: Record, _ traits: ItemPlan.Traits = []) -> ItemPlace? {
    let turn = openTurn(orImplicitFor: record)
    if let id = record.payload.itemID, isReported(id, in: turn) { return nil }
    add(record, to: turn, traits: traits.union(.rebuilt), id: nil)
    return place(turns[turn].items.count - 1, in: turn)
  }

  /// Whether an event or completed item with the id of a call came before the call, which is noted
  /// there.
  mutating func isReported(_ id: JSONValue, in turn: Int) -> Bool {
    // Only the first item with an id can be an event without a call: later events replace an item.
    guard let first = place(of: id, in: turn),
      turns[turn].items[first].traits.isDisjoint(with: [.rebuilt, .hasCall])
    else { return false }
    change(turn) { $0.items[first].traits.insert(.hasCall) }
    return true
  }

  /// Notes that a call continues the last command whose output named the session.
  private mutating func addContinuation(_ record: Record) {
    guard let id = record.payload.itemID, let turn = openTurn,
      let command = record.payload["arguments"]?.withNestedJSON({ commandContinued(by: $0) })
    else { return }
    continuations[key(id, in: turn)] = command
  }

  /// The place of the command that a call with these arguments continues; nil where none is known.
  func commandContinued(by arguments: JSONValue) -> ItemPlace? {
    arguments["session_id"]?.asWholeNumber.flatMap { sessions[$0] ?? earlierPlace }
  }
}

// Outputs.
extension TurnPlanner {
  /// Plans a record by its members alone, without parsing it, which is possible for most outputs
  /// and for token counts.
  ///
  /// - Returns: False where the record has to be parsed.
  mutating func visitUnparsed(
    _ kind: RecordKind, _ payload: JSONMembers, at location: RecordLocation
  ) -> Bool {
    if kind == .event(.tokenCount) {
      guard let info = payload.first("info") else { return false }
      noteTokenCount(at: location, hasNumbers: !info.equals("null"))
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

  /// The index of the first call with an id that has no output yet; nil where there is none.
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

  /// Adds a later output to the item of a call.
  mutating func continueItem(at call: ItemPlace, _ record: Record, isWait: Bool) {
    change(call) { item in
      guard item.traits.contains(.rebuilt) else { return }
      item.more.append(ItemPlan.Continuation(record: record.location, isWait: isWait))
    }
  }

  /// Adds the first output to the item of a call. The output may name a session, or accept a plan.
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

  /// Notes the session by which later calls can continue a command.
  mutating func noteSession(_ output: ToolOutput, of call: ItemPlace) {
    guard turns[call.turn].items[call.item].traits.contains(.startsSession),
      let session = CommandOutput(output).sessionID
    else { return }
    sessions[session] = call
  }

  /// Shows a plan in place of the turn's former one: only the last accepted plan of a turn is
  /// shown.
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
