import JSON
import Protocol
import Rollouts

// What each record does to the turns (HISTORY.md 1, the table).
extension TurnPlanner {
  /// Plans the next record of the thread.
  mutating func add(_ record: Record) {
    note(ordinal: record.ordinal)
    noteBeginning(with: record)
    switch record.kind {
    case .event(let event): add(event, record)
    case .responseItem(let item): add(item, record)
    case .compacted: rebuildMessages(ofCompaction: record)
    case .turnContext:
      if !recordsTurns { isSteerable = record.payload["turn_id"] != nil }
      noteDirectory(record.payload)
    case .sessionMeta, .unknown: break
    }
  }

  private mutating func add(_ event: EventKind, _ record: Record) {
    let payload = record.payload
    noteDependence(of: event, payload)
    switch event {
    case .taskStarted: startTurn(record)
    case .taskComplete: completeTurn(record)
    case .turnAborted: abortTurn(record)
    case .threadRolledBack: rollBack(payload["num_turns"]?.asWholeNumber ?? 0)
    case .itemCompleted: addCompletedItem(record)
    case .tokenCount:
      noteTokenCount(at: record.location, hasNumbers: payload.present("info") != nil)
    default: ItemKinds.kind(of: event).map { add($0, ofEvent: record) }
    }
  }

  private mutating func add(_ kind: any ItemKind.Type, ofEvent record: Record) {
    switch kind.role {
    case .userMessage: addUserMessage(record)
    case .agentMessage: addAgentMessage(record)
    case .reasoning: addReasoning(record)
    case .review: addReview(record, turnID: record.payload["turn_id"])
    case .remark, .work:
      if kind.isShown(record.payload) { addWork(record, record.payload, kind, id: nil) }
    }
  }

  /// Adds an item of work or a remark.
  ///
  /// - Parameter source: The payload of the event, or the completed item in it.
  mutating func addWork(
    _ record: Record, _ source: JSONValue, _ kind: any ItemKind.Type, id: JSONValue?
  ) {
    guard let turn = turn(for: record) else { return }
    if kind.role == .work { noteWork(source, id: id ?? source.itemID, in: turn) }
    if kind == ThreadItem.WebSearch.self {
      noteSearch(source, id: id ?? source.itemID, in: turn)
    }
    add(record, to: turn, traits: [], id: id)
  }

  private mutating func startTurn(_ record: Record) {
    isSteerable = true
    if isRebuilding { recordsTurns = true }
    let payload = record.payload
    startTurn(id: payload.string("turn_id") ?? identifier("rollout", of: record), by: record)
    guard let openTurn else { return }
    change(openTurn) {
      $0.startedAt = payload["started_at"]?.asWholeNumber
      $0.rootTurnID = payload.string("root_turn_id")
    }
  }

  private mutating func completeTurn(_ record: Record) {
    guard let index = turnEnded(by: record) else { return }
    defer { closeTurn(index) }
    guard takesEnd(index) else { return }
    noteEnd(of: index, record.payload)
    change(index) { turn in
      if let error = record.payload.present("error") {
        turn.status = .failed
        turn.error = TurnError(recorded: error)
      } else if turn.status == .inProgress {
        turn.status = .completed
      }
    }
  }

  /// Interrupts a turn, which stays open for late items.
  private mutating func abortTurn(_ record: Record) {
    guard let index = turnEnded(by: record), takesEnd(index) else { return }
    noteEnd(of: index, record.payload)
    change(index) { $0.status = .interrupted }
  }

  /// Whether an end counts for a turn: in files with completed items only the first one does.
  private func takesEnd(_ turn: Int) -> Bool {
    !generation.usesCompletedItems || turns[turn].status == .inProgress
  }

  /// The index of the turn that a record ends; nil where it ends none. Where no turn has the named
  /// id, the record ends the open turn or makes a turn, by the generation.
  private mutating func turnEnded(by record: Record) -> Int? {
    switch turn(namedBy: record.payload) {
    case .turn(let index):
      confirm(index, at: record.location)
      return index
    case .open: return openTurn
    case .missing(let id):
      guard generation.acceptsUnknownTurnIDs else { return openTurn }
      guard let index = unknownTurn(id, of: record) else { return nil }
      confirm(index, at: record.location)
      change(index) { $0.isExplicit = true }
      return index
    }
  }

  /// Takes the times of a turn from the record that ends it.
  private mutating func noteEnd(of turn: Int, _ payload: JSONValue) {
    let tellsBeginning = generation.usesCompletedItems
    change(turn) { turn in
      turn.completedAt = payload["completed_at"]?.asWholeNumber
      turn.durationMs = payload["duration_ms"]?.asWholeNumber
      guard tellsBeginning else { return }
      turn.startedAt = turn.startedAt ?? payload["started_at"]?.asWholeNumber
      turn.rootTurnID = turn.rootTurnID ?? payload.string("root_turn_id")
    }
  }

  /// Adds an item of a review. A review can begin a turn of its own, whose id no other record
  /// opened.
  mutating func addReview(_ record: Record, turnID: JSONValue?, id: JSONValue? = nil) {
    if case .missing = turn(namedBy: record.payload), let turnID = turnID?.asString {
      openTurn(id: turnID, isExplicit: false, by: record)
    }
    add(record, traits: [], id: id)
  }

  /// Adds an event of reasoning, to the turn's last item if that is reasoning reported by events.
  private mutating func addReasoning(_ record: Record) {
    guard record.payload["text"].map({ !$0.text.isEmpty }) ?? false else { return }
    guard let turn = messageTurn(record) else { return }
    if let last = reasoningItem, last.turn == turn, last.serial == turns[turn].serial {
      return change(turn) {
        $0.items[last.item].more.append(ItemPlan.Continuation(record: record.location))
      }
    }
    let place = place(turns[turn].items.count, in: turn)
    add(record, to: turn, traits: generation.usesCompletedItems ? .messageEvent : [], id: nil)
    reasoningItem = place
  }

  /// Takes the working directory of the open turn from a `turn_context`.
  private mutating func noteDirectory(_ payload: JSONValue) {
    guard let path = payload.string("cwd"), !path.isEmpty else { return }
    if let known = directoryIndices[path] {
      directory = known
    } else if directories.count <= Int(UInt16.max) {
      directory = UInt16(directories.count)
      directoryIndices[path] = directory
      directories.append(path)
    }
  }
}
