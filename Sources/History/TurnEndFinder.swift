import JSON
import Protocol
import Rollouts

/// Finds the first record behind a turn.
///
/// The planner tells to which turn things belong, and so all records up to there are planned anew.
struct TurnEndFinder: RecordVisitor {
  private let turn: TurnPlan
  private var reader: ThreadReader
  private(set) var hasBegun = false
  private var hasEnded = false
  /// Since the turn's last record, the first one that may be the beginning of what comes next.
  private var beginning: RecordLocation?
  /// Where another turn began while this one had not ended.
  private var overtaken: RecordLocation?
  private var found: RecordLocation?

  /// - Parameter withParents: See `ThreadReader.init`.
  init(of turn: TurnPlan, in chain: RolloutChain, withParents: Bool) {
    self.turn = turn
    reader = ThreadReader(of: chain, id: nil, withParents: withParents)
  }

  /// Nil where the files end with the turn. What stands at the end of one that was begun explicitly
  /// is part of it.
  var location: RecordLocation? { found ?? overtaken ?? (turn.isExplicit ? nil : beginning) }
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

  /// - Parameter payload: Nil where the record was only glanced at.
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
      if !follows(kind, payload, turns[...index], isOpen: isOpen) { found = location }
    } else if turns[index].status != .inProgress {
      hasEnded = true
      beginning = nil
    } else if !isOpen, index + 1 < turns.count {
      // One compaction can hold several turns, which no cut tells apart.
      if !isStart { noteOvertaking(turns[(index + 1)...], at: location) }
    } else if turns[index].items.last?.record == location || tells(kind, payload) {
      beginning = nil
    } else if mayBegin(kind) {
      beginning = beginning ?? location
    }
  }

  /// A turn that is no longer open can still end: a review does so behind the beginning of the task
  /// that makes it.
  private mutating func noteOvertaking(_ later: ArraySlice<TurnPlan>, at location: RecordLocation) {
    overtaken = overtaken ?? beginning ?? location
    if later.contains(where: { $0.status != .inProgress }) { found = overtaken }
  }

  /// Whether a record right behind the turn's end is still part of it, or of a turn before it: a
  /// command may end turns later.
  ///
  /// - Parameter turns: These.
  private func follows(
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

  /// Whether a record shows that the turn still goes on.
  private func tells(_ kind: RecordKind, _ payload: JSONValue?) -> Bool {
    switch kind {
    case .responseItem(.message): payload?["role"]?.textEquals("assistant") == true
    case .responseItem(.other): false
    case .event(.threadNameUpdated), .event(.threadSettingsApplied), .event(.turnDiff): false
    case .responseItem, .event: true
    case .sessionMeta, .turnContext, .compacted, .unknown: false
    }
  }

  /// Whether a record that does not show that can stand before the one that begins the next turn, and
  /// belong to that.
  private func mayBegin(_ kind: RecordKind) -> Bool {
    switch kind {
    case .responseItem, .compacted: true
    default: false
    }
  }
}
