import JSON
import Protocol
package import Rollouts
package import System

// Where the files are cut so that they end before a turn, or behind it.
extension RolloutChain {
  /// The first record that belongs to a turn: the one that opened it, or before that the response item
  /// that says the same user's message.
  ///
  /// That stands before the event in files whose turns have no records of their own, and before the
  /// beginning of the turn where such a file was converted.
  ///
  /// - Throws: When a file cannot be read.
  package func start(of turn: TurnPlan) throws(SystemError) -> RecordLocation {
    guard let event = turn.items.first(where: { $0.traits.contains(.userMessage) })?.record,
      turn.isExplicit || event == turn.start, event.file == turn.start.file,
      let text = try RecordWindow.read(event, of: files, { Self.text(ofMessage: $0) })
    else { return turn.start }
    let index = Int(turn.start.file)
    var finder = MessageFinder(text: text, begin: turn.start)
    try RecordReader().read(links[index].file, in: 0..<event.offset, index: index, &finder)
    guard let item = finder.location, item.offset < turn.start.offset else { return turn.start }
    return item
  }

  /// What an event or a completed item says as a user's message; nil where it is neither.
  private static func text(ofMessage record: Record) -> JSONText? {
    switch record.kind {
    case .event(.userMessage): JSONText(record.payload["message"])
    case .event(.itemCompleted): joinedJSONText(record.payload["item"]?["content"])
    default: nil
    }
  }

  /// The first record behind a turn, with what belongs to nothing before the next one; nil where the
  /// turn is the last thing in the files.
  ///
  /// - Throws: When a file cannot be read.
  package func end(of turn: TurnPlan) throws(SystemError) -> RecordLocation? {
    var finder = TurnEndFinder(of: turn, in: self)
    try read(&finder)
    return finder.location
  }
}

/// Finds the response item with a user's message, behind the last event before it.
private struct MessageFinder: RecordVisitor {
  let text: JSONText
  /// Where the turn begins, which may stand between the two.
  let begin: RecordLocation
  private(set) var location: RecordLocation?

  init(text: JSONText, begin: RecordLocation) {
    self.text = text
    self.begin = begin
  }

  func wants(_ kind: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool {
    kind == .responseItem(.message)
  }

  mutating func visit(_ record: Record) {
    guard record.kind == .responseItem(.message) else {
      return pass(record.kind, at: record.location)
    }
    guard record.payload["role"]?.textEquals("user") == true else { return }
    if SpokenMessage(record.payload).text == text { location = record.location }
  }

  mutating func pass(_ kind: RecordKind, at location: RecordLocation) {
    guard location.offset != begin.offset else { return }
    if case .event = kind, kind.isConversation { self.location = nil }
  }
}

/// Finds the first record behind a turn.
///
/// The planner tells to which turn things belong, and so all records up to there are planned anew.
private struct TurnEndFinder: RecordVisitor {
  private let turn: TurnPlan
  private var reader: ThreadReader
  private var hasEnded = false
  /// Since the turn's last record, the first one that may be the beginning of what comes next.
  private var beginning: RecordLocation?
  private var found: RecordLocation?

  init(of turn: TurnPlan, in chain: RolloutChain) {
    self.turn = turn
    reader = ThreadReader(of: chain, id: nil)
  }

  /// Nil where the files end with the turn. What stands at the end of one that was begun explicitly
  /// is part of it.
  var location: RecordLocation? { found ?? (turn.isExplicit ? nil : beginning) }
  var isDone: Bool { found != nil }

  func wants(_ kind: RecordKind, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    kind == .responseItem(.message) || reader.wants(kind, text)
  }

  mutating func glance(
    _ kind: RecordKind, _ payload: JSONMembers, at location: RecordLocation
  ) -> Bool {
    guard reader.glance(kind, payload, at: location) else { return false }
    note(kind, nil, at: location)
    return true
  }

  mutating func visit(_ record: Record) {
    reader.visit(record)
    note(record.kind, record.payload, at: record.location)
  }

  mutating func pass(_ kind: RecordKind, at location: RecordLocation) {
    reader.pass(kind, at: location)
    note(kind, nil, at: location)
  }

  /// - Parameter payload: Nil where the record was only glanced at.
  private mutating func note(
    _ kind: RecordKind, _ payload: JSONValue?, at location: RecordLocation
  ) {
    let turns = reader.planner.turns
    guard found == nil,
      let index = turns.lastIndex(where: { $0.start == turn.start && $0.id == turn.id })
    else { return }
    let isOpen = reader.planner.openTurn == index
    if hasEnded {
      if !follows(kind, payload, isOpen: isOpen) { found = location }
    } else if turns[index].status != .inProgress {
      hasEnded = true
      beginning = nil
    } else if !isOpen {
      found = beginning ?? location
    } else if mayBegin(kind, payload) {
      beginning = beginning ?? location
    } else if tells(kind) {
      beginning = nil
    }
  }

  /// Whether a record right behind the turn's end is still the turn's.
  private func follows(_ kind: RecordKind, _ payload: JSONValue?, isOpen: Bool) -> Bool {
    switch kind {
    case .event(.tokenCount), .responseItem(.functionCallOutput),
      .responseItem(.customToolCallOutput):
      true
    case .event(.userMessage), .event(.threadNameUpdated), .event(.threadSettingsApplied),
      .event(.gitUpdated):
      false
    case .event:
      payload?.string("turn_id").map { $0 == turn.id } ?? isOpen
    default: false
    }
  }

  /// Whether a record can stand before the one that begins a turn and belong to that.
  private func mayBegin(_ kind: RecordKind, _ payload: JSONValue?) -> Bool {
    switch kind {
    case .responseItem(.message): payload?["role"]?.textEquals("assistant") != true
    case .responseItem(.other), .compacted: true
    default: false
    }
  }

  /// Whether a record shows that its turn still goes on.
  private func tells(_ kind: RecordKind) -> Bool {
    switch kind {
    case .responseItem: true
    case .event(.threadNameUpdated), .event(.threadSettingsApplied), .event(.gitUpdated): false
    case .event: true
    case .sessionMeta, .turnContext, .compacted, .unknown: false
    }
  }
}
