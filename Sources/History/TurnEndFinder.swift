import JSON
import Protocol
import Rollouts

/// Finds the first record behind a turn.
///
/// Only the planner knows which turn a record belongs to. Therefore all records from the beginning
/// of the thread to the end of the turn are planned again.
struct TurnEndFinder: RecordVisitor {
  private let turn: TurnPlan
  private var reader: ThreadReader
  /// Whether the beginning of the turn was seen.
  private(set) var hasBegun = false
  /// Whether the end of the turn was seen.
  private var hasEnded = false
  /// The first record behind the turn's last one that may begin the next turn; nil where there is
  /// none.
  private var beginning: RecordLocation?
  /// The record at which another turn began before the wanted turn ended; nil if none began.
  private var nextBeginning: RecordLocation?
  /// The first record behind the turn, once it is certain.
  private var found: RecordLocation?

  /// - Parameters:
  ///   - turn: The turn as it was planned.
  ///   - withParents: Whether records that were copied from a parent count as the thread's own.
  init(of turn: TurnPlan, in chain: RolloutChain, withParents: Bool) {
    self.turn = turn
    reader = ThreadReader(of: chain, id: nil, withParents: withParents)
  }

  /// The first record behind the turn; nil where the files end with the turn. The records at the
  /// end of an explicit turn are part of it.
  var location: RecordLocation? { found ?? nextBeginning ?? (turn.isExplicit ? nil : beginning) }
  var isDone: Bool { found != nil }

  func wants(_ kind: RecordKind, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    kind == .responseItem(.message) || reader.wants(kind, text)
  }

  mutating func visitUnparsed(
    _ kind: RecordKind, _ payload: JSONMembers, at location: RecordLocation
  ) -> Bool {
    guard reader.visitUnparsed(kind, payload, at: location) else { return false }
    note(kind, nil, at: location)
    return true
  }

  mutating func visit(_ record: Record) {
    reader.visit(record)
    note(record.kind, record.payload, at: record.location)
  }

  mutating func visitUnwanted(_ kind: RecordKind, at location: RecordLocation) {
    reader.visitUnwanted(kind, at: location)
    note(kind, nil, at: location)
  }

  /// - Parameter payload: The payload; nil where the record was not parsed.
  private mutating func note(
    _ kind: RecordKind, _ payload: JSONValue?, at location: RecordLocation
  ) {
    let isStart = location.offset == turn.start.offset && location.file == turn.start.file
    guard found == nil, hasBegun || isStart else { return }
    let turns = reader.planner.turns
    guard let index = turns.lastIndex(where: { $0.start == turn.start && $0.id == turn.id }) else {
      return
    }
    hasBegun = true
    let isOpen = reader.planner.openTurn == index
    if hasEnded {
      if !belongsToEndedTurn(kind, payload, turns[...index], isOpen: isOpen) { found = location }
    } else if turns[index].status != .inProgress {
      hasEnded = true
      beginning = nil
    } else if !isOpen, index + 1 < turns.count {
      // One compaction can hold several turns, which no cut can separate.
      if !isStart { noteNextTurn(turns[(index + 1)...], at: location) }
    } else if turns[index].items.last?.record == location || continuesTurn(kind, payload) {
      beginning = nil
    } else if mayPrecedeNextTurn(kind) {
      beginning = beginning ?? location
    }
  }

  /// Notes that another turn began. A turn that is no longer open can still end: a review ends
  /// behind the beginning of the task that performs it.
  private mutating func noteNextTurn(_ later: ArraySlice<TurnPlan>, at location: RecordLocation) {
    nextBeginning = nextBeginning ?? beginning ?? location
    if later.contains(where: { $0.status != .inProgress }) { found = nextBeginning }
  }

  /// Whether a record directly behind the turn's end still belongs to that turn or to an earlier
  /// one: a command may end turns later.
  ///
  /// - Parameter turns: The turn and those before it.
  private func belongsToEndedTurn(
    _ kind: RecordKind, _ payload: JSONValue?, _ turns: ArraySlice<TurnPlan>, isOpen: Bool
  ) -> Bool {
    switch kind {
    case .event(.tokenCount), .responseItem(.functionCallOutput),
      .responseItem(.customToolCallOutput):
      true
    case .event(.userMessage), .event(.threadNameUpdated), .event(.threadSettingsApplied),
      .event(.turnDiff):
      false
    case .event:
      payload?.string("turn_id").map { id in turns.contains { $0.id == id } } ?? isOpen
    default: false
    }
  }

  /// Whether a record shows that the turn goes on.
  private func continuesTurn(_ kind: RecordKind, _ payload: JSONValue?) -> Bool {
    switch kind {
    case .responseItem(.message): payload?["role"]?.textEquals("assistant") == true
    case .responseItem(.other): false
    case .event(.threadNameUpdated), .event(.threadSettingsApplied), .event(.turnDiff): false
    case .responseItem, .event: true
    case .sessionMeta, .turnContext, .compacted, .unknown: false
    }
  }

  /// Whether a record may belong to the next turn although it is before the record that begins
  /// it.
  private func mayPrecedeNextTurn(_ kind: RecordKind) -> Bool {
    switch kind {
    case .responseItem, .compacted: true
    default: false
    }
  }
}
