import JSON
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
    case .event(.itemCompleted): record.payload["item"]?["content"]?.joinedText
    default: nil
    }
  }

  /// The first record behind a turn, with what belongs to nothing before the next one; nil where the
  /// turn is the last thing in the files.
  ///
  /// - Throws: When a file cannot be read.
  package func end(of turn: TurnPlan) throws(SystemError) -> RecordLocation? {
    var finder = TurnEndFinder(of: turn, in: self, withParents: false)
    try read(&finder)
    if !finder.hasBegun {
      finder = TurnEndFinder(of: turn, in: self, withParents: true)
      try read(&finder)
    }
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
      return visitUnwanted(record.kind, at: record.location)
    }
    guard record.payload["role"]?.textEquals("user") == true else { return }
    if UserContent(record.payload).text == text { location = record.location }
  }

  mutating func visitUnwanted(_ kind: RecordKind, at location: RecordLocation) {
    guard location.offset != begin.offset else { return }
    if case .event = kind, kind.isConversation { self.location = nil }
  }
}
