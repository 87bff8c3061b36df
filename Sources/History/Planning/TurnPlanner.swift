import JSON
import Protocol
import Rollouts

/// Plans the turns of a thread from its records, one record after the other (HISTORY.md 1).
///
/// The planner is pure: equal records give equal plans. It decides what a record means for the
/// turns; `ItemBuilder` decides what an item looks like, when the item is written.
struct TurnPlanner {
  let generation: Generation
  /// Whether the file records where turns begin: its generation does, or a beginning of a turn was
  /// seen before the first message.
  var recordsTurns: Bool
  /// The turns so far, in the order in which they were opened.
  private(set) var turns: [TurnPlan] = []
  /// The index of the open turn; nil between turns.
  private(set) var openTurn: Int?
  /// Whether messages are rebuilt from response items, which ends with the first message that an
  /// event or a completed item reports (HISTORY.md 4).
  var isRebuilding = true
  /// The working directories that the plan refers to by their index; the thread's own is the first.
  var directories: [String] = []
  /// The index of each path in `directories`.
  var directoryIndices: [String: UInt16] = [:]
  /// The working directory of the open turn's last `turn_context`, as an index into `directories`.
  var directory: UInt16 = 0
  /// The calls of commands that still ran after their last output, by the session ids in the
  /// outputs.
  var sessions: [Int64: ItemPlace] = [:]
  /// The calls whose outputs continue an earlier command, each with the place of that command.
  var continuations: [ItemKey: ItemPlace] = [:]
  /// The code cells of the thread (HISTORY.md 5.1).
  var cells = CellTracker()
  /// The web searches that only one record reported so far, by the serial of their turn.
  var searches: [UInt32: WebSearches] = [:]
  /// The last call that asks the user a question, until a message of the agent shows the question.
  var question: ItemPlace?

  /// Whether a user's message is added to an open explicit turn. False behind a `turn_context` of a
  /// version that did not record turns: there each message begins a turn.
  var isSteerable = true

  /// The reasoning item that further events of reasoning are added to; nil once another item
  /// follows it.
  var reasoningItem: ItemPlace?
  /// The last rebuilt message of the user and of the agent.
  var rebuiltMessages = RebuiltMessages()
  /// The preview that lists show: the first message of the user, even if it was rolled back.
  var preview = Preview()

  /// The serial of the turn that was opened last; 0 before the first one.
  private(set) var serial: UInt32 = 0
  /// The index of each turn by its id.
  private var turnsByID: [String: Int] = [:]
  /// The turn that only items named since the last turn ended. A beginning with its id starts that
  /// turn instead of a new one.
  private var unstartedTurn: Int?
  /// The ids of turns that were rolled back or belong to a parent thread. Later items that name
  /// them are dropped.
  private var droppedTurns: Set<String> = []
  /// The index, in its turn, of the first item with each id.
  var places: [ItemKey: Int] = [:]
  /// The further items whose id an earlier item of their turn has.
  var repeatedPlaces: [ItemKey: RepeatedItems] = [:]
  /// The highest ordinal of all records so far; -1 before the first one.
  private var highestOrdinal: Int64 = -1
  /// Whether the current record's ordinal is not higher than those of all earlier records, so that
  /// it identifies nothing.
  private(set) var hasUntrustedOrdinal = false
  /// The serial of the turn that the last `token_count` is in, or that ended before it.
  private var tokenCountTurn: UInt32?
  /// Whether the planner is given only the end of a thread, from the beginning of a turn on.
  let hasEarlierRecords: Bool
  /// Whether the turns depend on records that the planner was not given, so that the plan may be
  /// wrong.
  var needsEarlierRecords = false
  /// The last `token_count` that holds numbers.
  private(set) var tokenCountRecord: RecordLocation?

  /// - Parameter meta: The header of the thread. Its directory is the working directory of turns
  ///   that record none.
  init(_ meta: SessionMeta?) {
    generation = meta?.generation ?? .legacy
    recordsTurns = generation.recordsTurns
    directories = [meta?.cwd ?? ""]
    hasEarlierRecords = false
  }

  /// Creates a planner for the last turns of a thread. The first record that it is given has to
  /// begin a turn and to follow the first event of a message.
  ///
  /// - Parameter beginning: A planner that was given the beginning of the thread.
  init(ofEndAfter beginning: TurnPlanner) {
    generation = beginning.generation
    recordsTurns = beginning.recordsTurns
    directories = [beginning.directories[0]]
    isRebuilding = false
    hasEarlierRecords = true
  }

  /// The plan of all turns so far, in which open turns count as ended.
  func finished() -> HistoryPlan {
    var copy = self
    copy.endOpenTurn()
    var plan = HistoryPlan(turns: copy.turnsInOrder(), directories: directories)
    for index in plan.turns.indices where plan.turns[index].status == .inProgress {
      plan.turns[index].status = plan.turns[index].isExplicit ? .interrupted : .completed
    }
    plan.usage = TokenUsagePlan(record: tokenCountRecord, turnID: usageTurnID(among: plan.turns))
    return plan
  }
}

// Turns.
extension TurnPlanner {
  /// Ends the open turn and opens a new one.
  mutating func openTurn(id: String, isExplicit: Bool, by record: Record) {
    endOpenTurn()
    openTurn = addTurn(id: id, isExplicit: isExplicit, by: record)
    unstartedTurn = nil
    directory = 0
  }

  /// Ends the open turn and opens an implicit one, whose id is made from the record's place.
  mutating func openImplicitTurn(for record: Record) {
    openTurn(id: identifier("rollout", of: record), isExplicit: false, by: record)
  }

  private mutating func addTurn(id: String, isExplicit: Bool, by record: Record) -> Int {
    serial += 1
    turnsByID[id] = turns.count
    turns.append(
      TurnPlan(
        id: id, isExplicit: isExplicit, status: .inProgress, start: record.location,
        serial: serial))
    return turns.count - 1
  }

  /// Ends the open turn, and drops it if it is implicit and has nothing to show.
  mutating func endOpenTurn() {
    guard let open = openTurn else { return }
    openTurn = nil
    if turns[open].isDiscardable, open == turns.count - 1 { dropTurns(from: open) }
  }

  /// Ends a turn if it is the open one.
  mutating func closeTurn(_ index: Int) {
    if index == openTurn { endOpenTurn() }
  }

  /// Ends the open turn and drops the last turns.
  ///
  /// - Parameter count: The number of turns to drop; those that are not turns after all do not
  ///   count.
  mutating func rollBack(_ count: Int64) {
    endOpenTurn()
    var first = turns.count
    var left = count
    while first > 0, left > 0 {
      first -= 1
      if !turns[first].isUnconfirmed, !turns[first].isDiscardable { left -= 1 }
    }
    if generation.acceptsUnknownTurnIDs { droppedTurns.formUnion(turns[first...].map(\.id)) }
    dropTurns(from: first)
  }

  /// Drops a turn and all turns behind it.
  mutating func dropTurns(from first: Int) {
    guard first < turns.count else { return }
    for turn in turns[first...] { turnsByID[turn.id] = nil }
    turns.removeSubrange(first...)
    if let open = openTurn, open >= first { openTurn = nil }
  }

  /// Changes a turn in place.
  mutating func change(_ turn: Int, _ body: (inout TurnPlan) -> Void) { body(&turns[turn]) }

  /// Hides all items of a turn. An implicit turn without visible items is then dropped.
  mutating func hide(_ turn: Int) {
    change(turn) { turn in
      for index in turn.items.indices { turn.items[index].traits.insert(.hidden) }
    }
  }

  /// Finds the turn that a record names by its `turn_id`; the open turn where the record names
  /// none.
  ///
  /// Ids that consist of digits are from versions before 0.104, which did not identify turns: they
  /// mean the open turn.
  func turn(namedBy payload: JSONValue) -> NamedTurn {
    guard let id = payload["turn_id"], id.kind == .string, !isOnlyDigits(id),
      let name = id.asString
    else { return .open }
    return turnsByID[name].map { .turn($0) } ?? .missing(name)
  }

  /// Which turn a record belongs to.
  enum NamedTurn {
    case open
    case turn(Int)
    /// No turn has this id: it was rolled back, or its beginning is not among the records.
    case missing(String)
  }

  private func isOnlyDigits(_ value: JSONValue) -> Bool {
    value.text.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }
}

// Turns whose beginning is missing.
extension TurnPlanner {
  /// Skips a record of the parent's conversation. Later items that name its turn do not belong to
  /// the thread either.
  mutating func skipParentRecord(_ record: Record) {
    note(ordinal: record.ordinal)
    if let id = record.payload.string("turn_id") { droppedTurns.insert(id) }
  }

  /// Adds the turn that a record names although no record began it.
  ///
  /// - Returns: Nil where the turn was dropped, or where this generation has no turns without a
  ///   beginning.
  mutating func unknownTurn(_ id: String, of record: Record) -> Int? {
    guard generation.acceptsUnknownTurnIDs, !hasEarlierRecords, !droppedTurns.contains(id) else {
      return nil
    }
    let index = addTurn(id: id, isExplicit: false, by: record)
    turns[index].isUnconfirmed = true
    if openTurn == nil { unstartedTurn = index }
    return index
  }

  /// Begins an explicit turn: a new one, or the one of this id that only items named so far.
  mutating func startTurn(id: String, by record: Record) {
    guard let index = unstartedTurn, turnsByID[id] == index, turns[index].isUnconfirmed else {
      return openTurn(id: id, isExplicit: true, by: record)
    }
    confirm(index, at: record.location)
    turns[index].isExplicit = true
    openTurn = index
    unstartedTurn = nil
    directory = 0
  }

  /// Notes that a record other than an item reports a turn, and the place of the turn.
  mutating func confirm(_ index: Int, at place: RecordLocation) {
    guard turns[index].isUnconfirmed else { return }
    turns[index].isUnconfirmed = false
    turns[index].place = place
  }

  /// The turns that have something to show, in the order of their places.
  private func turnsInOrder() -> [TurnPlan] {
    let shown = turns.contains(where: \.isDiscardable) ? turns.filter { !$0.isDiscardable } : turns
    guard shown.contains(where: { $0.isUnconfirmed || $0.place != nil }) else { return shown }
    return shown.enumerated().sorted {
      let (one, other) = (
        $0.element.place ?? $0.element.start, $1.element.place ?? $1.element.start
      )
      return (one.file, one.offset, $0.offset) < (other.file, other.offset, $1.offset)
    }.map(\.element)
  }
}

// Ids.
extension TurnPlanner {
  /// Notes the ordinal of a record, and whether it identifies the record: it has to be higher than
  /// all earlier ones.
  mutating func note(ordinal: Int64?) {
    hasUntrustedOrdinal = false
    guard let ordinal else { return }
    hasUntrustedOrdinal = ordinal <= highestOrdinal
    highestOrdinal = max(highestOrdinal, ordinal)
  }

  /// Makes an id from a record's ordinal, or else from its byte offset.
  mutating func identifier(_ prefix: String, of record: Record) -> String {
    if let ordinal = record.ordinal, trustsOrdinal(of: record) { return "\(prefix)-o\(ordinal)" }
    return "\(prefix)-\(record.location.offset)"
  }

  /// Whether the record's ordinal identifies it. In the end of a thread that depends on the
  /// ordinals of earlier records.
  mutating func trustsOrdinal(of record: Record) -> Bool {
    if hasEarlierRecords, record.ordinal != nil, !hasUntrustedOrdinal { needsEarlierRecords = true }
    return !hasUntrustedOrdinal
  }
}

// Token usage.
extension TurnPlanner {
  /// - Parameter hasNumbers: Whether the `token_count` holds numbers.
  mutating func noteTokenCount(at location: RecordLocation, hasNumbers: Bool) {
    if hasNumbers { tokenCountRecord = location }
    tokenCountTurn = turns.last?.serial
  }

  /// The id of the turn that the last token count belongs to: the turn that held it or ended before
  /// it, or else the last turn that ended by itself, or else the last turn.
  private func usageTurnID(among turns: [TurnPlan]) -> String? {
    let turn =
      turns.last { $0.serial == tokenCountTurn }
      ?? turns.last { $0.status == .completed || $0.status == .failed }
    return (turn ?? turns.last)?.id
  }
}
