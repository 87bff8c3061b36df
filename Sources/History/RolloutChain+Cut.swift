import JSON
package import Rollouts
package import System

extension RolloutChain {
  /// Where the files are cut so that they end before a turn: the first record that belongs to it,
  /// which opened it, or the response item that says the same user's message and stands before the
  /// event.
  ///
  /// - Throws: When a file cannot be read.
  package func start(of turn: TurnPlan) throws(SystemError) -> RecordLocation {
    if turn.isExplicit { return turn.start }
    let message = try RecordWindow.read(turn.start, of: files) { record in
      record.kind == .event(.userMessage) ? JSONText(record.payload["message"]) : nil
    }
    guard let message else { return turn.start }
    let index = Int(turn.start.file)
    var finder = SpokenItem(message: message)
    try RecordReader().read(
      links[index].file, in: 0..<turn.start.offset, index: index, &finder)
    return finder.location ?? turn.start
  }
}

/// Finds the user's message with a text, behind the last event.
private struct SpokenItem: RecordVisitor {
  let message: JSONText
  var location: RecordLocation?

  init(message: JSONText) { self.message = message }

  func wants(_ kind: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool {
    kind == .responseItem(.message)
  }

  mutating func visit(_ record: Record) {
    guard record.kind == .responseItem(.message) else {
      return pass(record.kind, at: record.location)
    }
    guard record.payload["role"]?.textEquals("user") == true else { return }
    if record.payload["content"]?.joinedText == message { location = record.location }
  }

  mutating func pass(_ kind: RecordKind, at location: RecordLocation) {
    if case .event = kind, kind.isConversation { self.location = nil }
  }
}
