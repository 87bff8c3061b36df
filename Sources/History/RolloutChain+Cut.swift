import JSON
package import Platform
package import Rollouts

// The places at which the files of a thread are cut before or behind a turn.
extension RolloutChain {
  /// The first record that belongs to a turn: the one that opened it, or an earlier response item
  /// that holds the turn's message of the user.
  ///
  /// Such an item is before the event in files that do not record turns, and before the beginning
  /// of the turn in files that the original converted.
  ///
  /// - Throws: The error of the file that cannot be read.
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

  /// The text of a message of the user, from an event or a completed item; nil for other records.
  private static func text(ofMessage record: Record) -> JSONText? {
    switch record.kind {
    case .event(.userMessage): JSONText(record.payload["message"])
    case .event(.itemCompleted): record.payload["item"]?["content"]?.joinedText
    default: nil
    }
  }

  /// The first record behind a turn, which may belong to no turn; nil where the files end with the
  /// turn.
  ///
  /// - Throws: The error of the file that cannot be read.
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

/// Finds the response item with the text of a message of the user, behind the last event before the
/// message.
private struct MessageFinder: RecordVisitor {
  let text: JSONText
  /// The record that begins the turn, which may be between the response item and the message.
  let begin: RecordLocation
  /// The response item; nil where there is none.
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
