import JSON
import Rollouts

// Calls rebuilt from response items (HISTORY.md 5).
extension TurnPlanner {
  mutating func add(_ item: ResponseItemKind, _ record: Record) {
    switch item {
    case .message: rebuildMessage(record)
    case .reasoning: rebuildReasoning(record)
    case .functionCall: addFunctionCall(record)
    case .customToolCall, .localShellCall, .webSearchCall, .imageGenerationCall:
      addCall(record, traits: .rebuilt)
    case .functionCallOutput, .customToolCallOutput: addOutput(record)
    case .other: break
    }
  }

  private mutating func addFunctionCall(_ record: Record) {
    let name = record.payload["name"]
    if name?.textEquals("write_stdin") == true {
      addContinuation(record)
    } else if name?.textEquals("update_plan") == true {
      // Shown when its output accepts it.
      addCall(record, traits: [.rebuilt, .plan, .hidden])
    } else if name?.textEquals("exec_command") == true {
      addCall(record, traits: [.rebuilt, .startsSession])
    } else {
      addCall(record, traits: .rebuilt)
    }
  }

  /// An event or completed item of the same id says more than the call, whichever came first.
  private mutating func addCall(_ record: Record, traits: ItemPlan.Traits) {
    let turn = openTurn(orImplicitFor: record)
    if let id = itemID(of: record.payload), let place = place(of: id, in: turn),
      !turns[turn].items[place].traits.contains(.rebuilt)
    {
      return
    }
    add(record, to: turn, traits: traits, id: nil)
  }

  /// Goes on with the last command whose output named the session.
  private mutating func addContinuation(_ record: Record) {
    guard let id = itemID(of: record.payload), let turn = openTurn,
      let session = withNestedJSON(
        record.payload["arguments"], { $0["session_id"]?.asWholeNumber }),
      let command = sessions[session] ?? pastPlace
    else { return }
    continuations[key(id, in: turn)] = command
  }

  /// Most outputs have only to be put to their calls, for which their text need not be parsed.
  ///
  /// - Returns: False where more of the output matters.
  mutating func glance(
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
    let text = UnsafeBufferPointer(rebasing: id.dropFirst().dropLast())
    let key = key(text, in: turn)
    guard continuations[key] == nil, let place = place(of: key),
      turns[turn].items[place].traits.isDisjoint(with: [.startsSession, .plan])
    else { return false }
    setOutput(location, of: place, in: turn)
    return true
  }

  private mutating func setOutput(_ location: RecordLocation, of place: Int, in turn: Int) {
    change(turn) { turn in
      guard turn.items[place].traits.contains(.rebuilt), turn.items[place].output == nil else {
        return
      }
      turn.items[place].output = location
    }
  }

  private mutating func addOutput(_ record: Record) {
    guard let id = record.payload["call_id"], id.kind == .string, let turn = openTurn else {
      return
    }
    if let command = continuations.removeValue(forKey: key(id, in: turn)) {
      noteDependence(on: command, ofOutputOf: id, in: turn)
      return change(command) { item in
        if item.traits.contains(.rebuilt) { item.more.append(record.location) }
      }
    }
    guard let place = place(of: id, in: turn), turns[turn].items[place].traits.contains(.rebuilt),
      turns[turn].items[place].output == nil
    else { return }
    change(turn) { $0.items[place].output = record.location }
    let traits = turns[turn].items[place].traits
    if traits.contains(.startsSession), let session = CommandOutput.sessionID(in: record.payload) {
      sessions[session] = ItemPlace(turn: turn, serial: turns[turn].serial, item: place)
    }
    if traits.contains(.plan), ToolOutput(record.payload["output"]).isAccepted {
      showPlan(place, in: turn)
    }
  }

  /// Of a turn's plans the last one that was accepted is shown, where it stands.
  private mutating func showPlan(_ place: Int, in turn: Int) {
    change(turn) { turn in
      if let shown = turn.shownPlan, turn.items[shown].traits.contains(.plan) {
        turn.items[shown].traits.insert(.hidden)
      }
      turn.items[place].traits.remove(.hidden)
      turn.shownPlan = place
    }
    reasoningItem = nil
  }
}
