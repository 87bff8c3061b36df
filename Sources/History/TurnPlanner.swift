import JSON
import Protocol
import Rollouts

/// Makes turns of records, one record after the other (HISTORY.md 1).
///
/// Pure: the same records give the same plan. What a record means for the turns is decided here;
/// what its item looks like is decided by `ItemBuilder`, when it is written.
struct TurnPlanner {
  /// Whether completed items are the source of messages (ROLLOUTS.md 3.3).
  let isPaginated: Bool
  /// Whether the thread is from before turns were recorded (`SessionMeta.predatesTurns`), and does
  /// not begin with one.
  var predatesTurns: Bool
  private(set) var turns: [TurnPlan] = []
  /// Whether the last turn is open.
  private(set) var hasOpenTurn = false
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

  /// Whether a user's message belongs to an explicit turn that is open: not behind a `turn_context`
  /// of a version that did not record turns, which went on with the thread.
  var isSteerable = true

  /// The item that the last event of reasoning went to, while nothing else is seen behind it.
  var reasoningItem: ItemPlace?
  /// The last agent's message that was rebuilt.
  var rebuiltAgentText: (turn: UInt32, item: Int, text: String)?
  /// What the thread is shown as in lists: its first user's message, rolled back or not.
  var preview = Preview()

  private var serial: UInt32 = 0
  private var turnsByID: [String: Int] = [:]
  private var places: [ItemKey: Int] = [:]
  private var highestOrdinal: Int64 = -1
  /// Whether the ordinal of the record at hand is not greater than one before it.
  private var hasUntrustedOrdinal = false
  private var tokenCountTurn: UInt32?
  /// Whether there are records before those that it is shown: it then begins where a turn does.
  private let hasPast: Bool
  /// Whether the turns hang on something in those records, and may be wrong without it.
  private(set) var missesPast = false
  private(set) var tokenCountRecord: RecordLocation?

  /// An item by its id and its turn.
  struct ItemKey: Hashable {
    let turn: UInt32
    /// The id's hash, seeded anew in every process: 64 bits are enough to tell ids apart.
    let id: Int
  }

  /// Where an item stands.
  struct ItemPlace {
    let turn: Int
    let serial: UInt32
    let item: Int
  }

  /// - Parameter meta: Of the thread. Its directory is what commands count from where no turn says
  ///   otherwise.
  init(_ meta: SessionMeta?) {
    isPaginated = meta?.isPaginated ?? false
    predatesTurns = meta?.predatesTurns ?? false
    directories = [meta?.cwd ?? ""]
    hasPast = false
  }

  /// A planner of the last turns of a thread, from a record on that surely begins one and stands
  /// behind the first event of a message.
  ///
  /// - Parameter beginning: Of the same thread.
  init(ofEndAfter beginning: TurnPlanner) {
    isPaginated = beginning.isPaginated
    predatesTurns = beginning.predatesTurns
    directories = [beginning.directories[0]]
    isRebuilding = false
    hasPast = true
  }

  /// The plan so far: turns that are still open end here.
  func finished() -> HistoryPlan {
    var copy = self
    copy.endOpenTurn()
    var plan = HistoryPlan(turns: copy.turns, directories: directories)
    for index in plan.turns.indices where plan.turns[index].status == .inProgress {
      plan.turns[index].status = plan.turns[index].isExplicit ? .interrupted : .completed
    }
    plan.usage = TokenUsagePlan(record: tokenCountRecord, turnID: usageTurnID(among: plan.turns))
    return plan
  }
}

// Turns.
extension TurnPlanner {
  /// The open turn's index, or nil.
  var openTurn: Int? { hasOpenTurn ? turns.count - 1 : nil }

  mutating func openTurn(id: String, isExplicit: Bool, by record: Record) {
    endOpenTurn()
    serial += 1
    turnsByID[id] = turns.count
    turns.append(
      TurnPlan(
        id: id, isExplicit: isExplicit, status: .inProgress, start: record.location,
        serial: serial))
    hasOpenTurn = true
    directory = 0
  }

  mutating func openImplicitTurn(for record: Record) {
    openTurn(id: identifier("rollout", of: record), isExplicit: false, by: record)
  }

  /// Ends the open turn; one that just happened to begin and has nothing to show is dropped.
  mutating func endOpenTurn() {
    guard hasOpenTurn else { return }
    hasOpenTurn = false
    let last = turns.count - 1
    if !turns[last].isExplicit, turns[last].isEmpty { dropTurns(from: last) }
  }

  mutating func closeTurn(_ index: Int) {
    if index == openTurn { endOpenTurn() }
  }

  mutating func rollBack(_ count: Int64) {
    endOpenTurn()
    dropTurns(from: count >= Int64(turns.count) ? 0 : turns.count - Int(max(count, 0)))
  }

  mutating func dropTurns(from first: Int) {
    guard first < turns.count else { return }
    for turn in turns[first...] { turnsByID[turn.id] = nil }
    turns.removeSubrange(first...)
    // Only the last turn can be open.
    hasOpenTurn = false
  }

  mutating func change(_ turn: Int, _ body: (inout TurnPlan) -> Void) { body(&turns[turn]) }

  /// The turn that a record names, open or earlier; the open one where it names none.
  ///
  /// Ids of digits only are from before turns had ids (before 0.104): they mean the open turn too.
  func turn(namedBy payload: JSONValue) -> NamedTurn {
    guard let id = payload["turn_id"], id.kind == .string, !isOnlyDigits(id) else { return .open }
    guard let index = id.asString.flatMap({ turnsByID[$0] }) else { return .missing }
    return .turn(index)
  }

  enum NamedTurn {
    case open
    case turn(Int)
    /// It was rolled back, or is not in this file.
    case missing
  }

  private func isOnlyDigits(_ value: JSONValue) -> Bool {
    value.text.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }
}

// Items.
extension TurnPlanner {
  /// Adds an item to the turn that its record names, which a missing one is opened for.
  mutating func add(_ record: Record, traits: ItemPlan.Traits = [], id: JSONValue? = nil) {
    switch turn(namedBy: record.payload) {
    case .missing: return
    case .turn(let index): add(record, to: index, traits: traits, id: id)
    case .open: add(record, to: openTurn(orImplicitFor: record), traits: traits, id: id)
    }
  }

  mutating func openTurn(orImplicitFor record: Record) -> Int {
    if !hasOpenTurn { openImplicitTurn(for: record) }
    return turns.count - 1
  }

  /// Adds an item to a turn, in the place of one of the same id if there is one.
  mutating func add(
    _ record: Record, to turn: Int, traits: ItemPlan.Traits, id: JSONValue?, part: Int = 0
  ) {
    var item = ItemPlan(
      record: record.location, part: UInt32(part), directory: directory, traits: traits)
    if traits.contains(.userMessage) { preview.offer(record, part: part) }
    guard let id = id ?? itemID(of: record.payload) else {
      if !trustsOrdinal(of: record) { item.traits.insert(.identifiedByOffset) }
      append(item, to: turn)
      return
    }
    let key = key(id, in: turn)
    if let place = places[key] {
      turns[turn].items[place] = item
    } else {
      places[key] = turns[turn].items.count
      append(item, to: turn)
    }
  }

  /// Whatever is seen after reasoning ends it.
  private mutating func append(_ item: ItemPlan, to turn: Int) {
    if !item.isHidden { reasoningItem = nil }
    turns[turn].items.append(item)
  }

  /// The item of this id in a turn, hidden or not.
  func place(of id: JSONValue, in turn: Int) -> Int? { place(of: key(id.text, in: turn)) }

  func place(of key: ItemKey) -> Int? { places[key] }

  func key(_ id: JSONValue, in turn: Int) -> ItemKey { key(id.text, in: turn) }

  func key(_ id: UnsafeBufferPointer<UInt8>, in turn: Int) -> ItemKey {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(id))
    return ItemKey(turn: turns[turn].serial, id: hasher.finalize())
  }

  /// The item that a place meant, unless its turn is gone; read and changed in place.
  mutating func change(_ place: ItemPlace, _ body: (inout ItemPlan) -> Void) {
    guard place.turn < turns.count, turns[place.turn].serial == place.serial else { return }
    body(&turns[place.turn].items[place.item])
  }

  func lastVisibleItem(of turn: Int) -> Int? {
    turns[turn].items.lastIndex { !$0.isHidden }
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
  private mutating func trustsOrdinal(of record: Record) -> Bool {
    if hasPast, record.ordinal != nil, !hasUntrustedOrdinal { missesPast = true }
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

/// The id that a record gives its item (HISTORY.md 1): nil where it carries none.
func itemID(of payload: JSONValue) -> JSONValue? {
  for id in [payload["call_id"], payload["item_id"], payload["event_id"], payload["id"]] {
    if let id, id.kind == .string { return id }
  }
  return nil
}

// The past.
extension TurnPlanner {
  /// Notes whether an event hangs on a turn that is not known here. What it does to that turn does
  /// not matter, but an item there ends the reasoning here, and a review opens no turn that there is.
  mutating func noteDependence(of event: EventKind, _ payload: JSONValue) {
    guard hasPast, case .missing = turn(namedBy: payload) else { return }
    switch event {
    case .taskStarted, .taskComplete, .turnAborted, .threadRolledBack: break
    case .enteredReviewMode, .exitedReviewMode: missesPast = true
    case .itemCompleted:
      let isReview = payload["item"]?["type"]?.textEquals("EnteredReviewMode") ?? false
      if isReview || reasoningItem != nil { missesPast = true }
    default: if reasoningItem != nil { missesPast = true }
    }
  }

  /// Stands for a place in those records; nil where there are none.
  var pastPlace: ItemPlace? { hasPast ? ItemPlace(turn: .max, serial: 0, item: 0) : nil }

  /// Notes whether an output may belong to a command that is not known here, while a call of its id
  /// is.
  mutating func noteDependence(on command: ItemPlace, ofOutputOf id: JSONValue, in turn: Int) {
    if command.turn == .max, place(of: id, in: turn) != nil { missesPast = true }
  }

  /// Notes what keeps the first record from being where a turn begins.
  mutating func noteBeginning(with record: Record) {
    guard hasPast, serial == 0, record.kind != .event(.taskStarted) else { return }
    if record.kind == .event(.userMessage), case .open = turn(namedBy: record.payload) { return }
    missesPast = true
  }
}
