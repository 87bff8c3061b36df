import JSON
import Protocol
import Rollouts

// What each record does to the turns (HISTORY.md 1, the table).
extension TurnPlanner {
  mutating func add(_ record: Record) {
    note(ordinal: record.ordinal)
    noteBeginning(with: record)
    switch record.kind {
    case .event(let event): add(event, record)
    case .responseItem(let item): add(item, record)
    case .compacted: rebuildMessages(ofCompaction: record)
    case .turnContext:
      if predatesTurns { isSteerable = record.payload["turn_id"] != nil }
      noteDirectory(record.payload)
    case .sessionMeta, .unknown: break
    }
  }

  private mutating func add(_ event: EventKind, _ record: Record) {
    let payload = record.payload
    noteDependence(of: event, payload)
    switch event {
    case .taskStarted: startTurn(record)
    case .taskComplete: completeTurn(payload)
    case .turnAborted: abortTurn(payload)
    case .threadRolledBack: rollBack(payload["num_turns"]?.asWholeNumber ?? 0)
    case .userMessage: addUserMessage(record)
    case .agentMessage: addAgentMessage(record)
    case .agentReasoning, .agentReasoningRawContent: addReasoning(record)
    case .itemCompleted: addCompletedItem(record)
    case .enteredReviewMode, .exitedReviewMode: addReview(record, turnID: payload["turn_id"])
    case .execCommandEnd:
      if payload.string("source") != "unified_exec_interaction" { add(record, traits: []) }
    case .contextCompacted, .patchApplyEnd, .mcpToolCallEnd, .webSearchEnd,
      .imageGenerationEnd, .viewImageToolCall, .dynamicToolCallResponse, .collabAgentSpawnEnd,
      .collabAgentInteractionEnd, .collabWaitingEnd, .collabCloseEnd, .collabResumeEnd,
      .subAgentActivity:
      add(record, traits: [])
    case .tokenCount:
      noteTokenCount(at: record.location, isTelling: payload.present("info") != nil)
    case .threadNameUpdated, .threadSettingsApplied: break
    }
  }

  private mutating func startTurn(_ record: Record) {
    isSteerable = true
    if isRebuilding { predatesTurns = false }
    let payload = record.payload
    let id = payload.string("turn_id") ?? identifier("rollout", of: record)
    openTurn(id: id, isExplicit: true, by: record)
    change(turns.count - 1) {
      $0.startedAt = payload["started_at"]?.asWholeNumber
      $0.rootTurnID = payload.string("root_turn_id")
    }
  }

  private mutating func completeTurn(_ payload: JSONValue) {
    guard let index = index(of: turn(namedBy: payload)) else { return }
    noteEnd(of: index, payload)
    change(index) { turn in
      if let error = payload.present("error") {
        turn.status = .failed
        turn.error = turnError(error)
      } else if turn.status == .inProgress {
        turn.status = .completed
      }
    }
    closeTurn(index)
  }

  /// The turn stays open for what comes late.
  private mutating func abortTurn(_ payload: JSONValue) {
    guard let index = index(of: turn(namedBy: payload)) else { return }
    noteEnd(of: index, payload)
    change(index) { $0.status = .interrupted }
  }

  private mutating func noteEnd(of turn: Int, _ payload: JSONValue) {
    let isPaginated = isPaginated
    change(turn) { turn in
      turn.completedAt = payload["completed_at"]?.asWholeNumber
      turn.durationMs = payload["duration_ms"]?.asWholeNumber
      guard isPaginated else { return }
      turn.startedAt = turn.startedAt ?? payload["started_at"]?.asWholeNumber
      turn.rootTurnID = turn.rootTurnID ?? payload.string("root_turn_id")
    }
  }

  private func index(of turn: NamedTurn) -> Int? {
    switch turn {
    case .turn(let index): index
    case .open: openTurn
    case .missing: nil
    }
  }

  /// A review can begin a turn of its own, whose id no other record opened.
  mutating func addReview(_ record: Record, turnID: JSONValue?, id: JSONValue? = nil) {
    if case .missing = turn(namedBy: record.payload), let turnID = turnID?.asString {
      openTurn(id: turnID, isExplicit: false, by: record)
    }
    add(record, traits: [], id: id)
  }

  /// Reasoning goes on in the turn's last item if that is reasoning by events too.
  private mutating func addReasoning(_ record: Record) {
    guard record.payload["text"].map({ !$0.text.isEmpty }) ?? false else { return }
    guard let turn = messageTurn(record) else { return }
    if let last = reasoningItem, last.turn == turn, last.serial == turns[turn].serial {
      return change(turn) { $0.items[last.item].more.append(record.location) }
    }
    let place = ItemPlace(turn: turn, serial: turns[turn].serial, item: turns[turn].items.count)
    add(record, to: turn, traits: isPaginated ? .messageEvent : [], id: nil)
    reasoningItem = place
  }

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
