import JSON
import Protocol
import Rollouts

/// Makes turns of records, one record after the other (HISTORY.md 1).
///
/// Pure: the same records give the same plan. What a record means for the turns is decided here;
/// what its item looks like is decided by `ItemBuilder`, when it is written.
struct TurnPlanner {
  let generation: Generation
  /// Whether turns are recorded: by the thread's version, or since it begins with one.
  var recordsTurns: Bool
  private(set) var turns: [TurnPlan] = []
  /// The index of the open turn; nil between turns.
  private(set) var openTurn: Int?
  /// Whether messages are rebuilt from response items: until the first event of a message.
  var isRebuilding = true
  var directories: [String] = []
  var directoryIndices: [String: UInt16] = [:]
  /// The working directory of the open turn's last `turn_context`, as an index into `directories`.
  var directory: UInt16 = 0
  /// Commands that go on, by what their outputs call their sessions.
  var sessions: [Int64: ItemPlace] = [:]
  /// Calls that go on with a command: where their outputs belong.
  var continuations: [ItemKey: ItemPlace] = [:]
  /// Code cells, and the calls that run and wait for them.
  var cells = CellTracker()
  /// The web searches of each turn, by its serial, that are told once so far.
  var searches: [UInt32: WebSearches] = [:]
  /// The call by which the agent last asked the user something, while no message says so too.
  var question: ItemPlace?

  /// Whether a user's message belongs to an explicit turn that is open: not behind a `turn_context`
  /// of a version that did not record turns, which went on with the thread.
  var isSteerable = true

  /// The item that the last event of reasoning went to, while nothing else is seen behind it.
  var reasoningItem: ItemPlace?
  /// The last message of each side that was rebuilt.
  var rebuiltMessages = RebuiltMessages()
  /// What the thread is shown as in lists: its first user's message, rolled back or not.
  var preview = Preview()

  private(set) var serial: UInt32 = 0
  private var turnsByID: [String: Int] = [:]
  /// The turn that items were seen of since the last one ended, and nothing else yet: one that begins
  /// now may be the same.
  private var unstartedTurn: Int?
  /// Turns that a rollback dropped, or that are a parent's: what comes late for them is not shown.
  private var droppedTurns: Set<String> = []
  /// The first item of each id.
  var places: [ItemKey: Int] = [:]
  /// Further items of an id that the turn had already.
  var repeatedPlaces: [ItemKey: RepeatedItems] = [:]
  private var highestOrdinal: Int64 = -1
  /// Whether the ordinal of the record at hand is not greater than one before it.
  private var hasUntrustedOrdinal = false
  private var tokenCountTurn: UInt32?
  /// Whether there are records before those that it is shown: it then begins where a turn does.
  let hasEarlierRecords: Bool
  /// Whether the turns hang on something in those records, and may be wrong without it.
  var needsEarlierRecords = false
  private(set) var tokenCountRecord: RecordLocation?

  /// - Parameter meta: Of the thread. Its directory is what commands count from where no turn says
  ///   otherwise.
  init(_ meta: SessionMeta?) {
    generation = meta?.generation ?? .legacy
    recordsTurns = generation.recordsTurns
    directories = [meta?.cwd ?? ""]
    hasEarlierRecords = false
  }

  /// A planner of the last turns of a thread, from a record on that surely begins one and stands
  /// behind the first event of a message.
  ///
  /// - Parameter beginning: Of the same thread.
  init(ofEndAfter beginning: TurnPlanner) {
    generation = beginning.generation
    recordsTurns = beginning.recordsTurns
    directories = [beginning.directories[0]]
    isRebuilding = false
    hasEarlierRecords = true
  }

  /// The plan so far: turns that are still open end here.
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
  mutating func openTurn(id: String, isExplicit: Bool, by record: Record) {
    endOpenTurn()
    openTurn = addTurn(id: id, isExplicit: isExplicit, by: record)
    unstartedTurn = nil
    directory = 0
  }

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

  /// Ends the open turn; one that just happened to begin and has nothing to show is dropped.
  mutating func endOpenTurn() {
    guard let open = openTurn else { return }
    openTurn = nil
    if turns[open].isDiscardable, open == turns.count - 1 { dropTurns(from: open) }
  }

  mutating func closeTurn(_ index: Int) {
    if index == openTurn { endOpenTurn() }
  }

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

  mutating func dropTurns(from first: Int) {
    guard first < turns.count else { return }
    for turn in turns[first...] { turnsByID[turn.id] = nil }
    turns.removeSubrange(first...)
    if let open = openTurn, open >= first { openTurn = nil }
  }

  mutating func change(_ turn: Int, _ body: (inout TurnPlan) -> Void) { body(&turns[turn]) }

  /// Hides everything in a turn that nothing else told of: it is none then.
  mutating func hide(_ turn: Int) {
    change(turn) { turn in
      for index in turn.items.indices { turn.items[index].traits.insert(.hidden) }
    }
  }

  /// The turn that a record names, open or earlier; the open one where it names none.
  ///
  /// Ids of digits only are from before turns had ids (before 0.104): they mean the open turn too.
  func turn(namedBy payload: JSONValue) -> NamedTurn {
    guard let id = payload["turn_id"], id.kind == .string, !isOnlyDigits(id),
      let name = id.asString
    else { return .open }
    return turnsByID[name].map { .turn($0) } ?? .missing(name)
  }

  enum NamedTurn {
    case open
    case turn(Int)
    /// It was rolled back, or its beginning is not in this file.
    case missing(String)
  }

  private func isOnlyDigits(_ value: JSONValue) -> Bool {
    value.text.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }
}

// Turns whose beginning is missing.
extension TurnPlanner {
  /// Passes over a record of a parent's conversation: what comes late for its turn is not the thread's
  /// own either.
  mutating func skipParentRecord(_ record: Record) {
    note(ordinal: record.ordinal)
    if let id = record.payload.string("turn_id") { droppedTurns.insert(id) }
  }

  /// The turn that a record names although nothing before told of it; nil where it was dropped, or
  /// where files of this kind have no such turns.
  mutating func unknownTurn(_ id: String, of record: Record) -> Int? {
    guard generation.acceptsUnknownTurnIDs, !hasEarlierRecords, !droppedTurns.contains(id) else {
      return nil
    }
    let index = addTurn(id: id, isExplicit: false, by: record)
    turns[index].isUnconfirmed = true
    if openTurn == nil { unstartedTurn = index }
    return index
  }

  /// Begins a turn: a new one, or one that items were seen of since the last one ended.
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

  /// Notes that a turn was one, which nothing but its items told so far.
  mutating func confirm(_ index: Int, at place: RecordLocation) {
    guard turns[index].isUnconfirmed else { return }
    turns[index].isUnconfirmed = false
    turns[index].place = place
  }

  /// The turns that are something, each where it stands.
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
  /// Notes each record's ordinal: one that is not greater than all before it names nothing.
  mutating func note(ordinal: Int64?) {
    hasUntrustedOrdinal = false
    guard let ordinal else { return }
    hasUntrustedOrdinal = ordinal <= highestOrdinal
    highestOrdinal = max(highestOrdinal, ordinal)
  }

  mutating func identifier(_ prefix: String, of record: Record) -> String {
    if let ordinal = record.ordinal, trustsOrdinal(of: record) { return "\(prefix)-o\(ordinal)" }
    return "\(prefix)-\(record.location.offset)"
  }

  /// Whether the record's ordinal, if it has one, names nothing else: all ordinals before it tell.
  mutating func trustsOrdinal(of record: Record) -> Bool {
    if hasEarlierRecords, record.ordinal != nil, !hasUntrustedOrdinal { needsEarlierRecords = true }
    return !hasUntrustedOrdinal
  }
}

// Token usage.
extension TurnPlanner {
  /// - Parameter isTelling: Whether it has numbers.
  mutating func noteTokenCount(at location: RecordLocation, isTelling: Bool) {
    if isTelling { tokenCountRecord = location }
    tokenCountTurn = turns.last?.serial
  }

  /// The turn that held the last token count, or ended before it; if that is gone, the last one
  /// that came to its end, or else the last one.
  private func usageTurnID(among turns: [TurnPlan]) -> String? {
    let turn =
      turns.last { $0.serial == tokenCountTurn }
      ?? turns.last { $0.status == .completed || $0.status == .failed }
    return (turn ?? turns.last)?.id
  }
}
