import JSON
package import Rollouts
package import System

/// Where the files of a thread are cut so that they end before a turn.
package enum TurnStart {
  /// The first record that belongs to a turn: that which opened it, or the response item that says
  /// the same user's message and stands before the event.
  ///
  /// - Throws: When the file cannot be read.
  package static func location(
    of turn: TurnPlan, in chain: RolloutChain
  ) throws(SystemError) -> RecordLocation {
    if turn.isExplicit { return turn.start }
    let message = try RecordWindow.read(turn.start, of: chain.files) { record in
      record.kind == .event(.userMessage) ? JSONText(record.payload["message"]) : nil
    }
    guard let message else { return turn.start }
    let file = Int(turn.start.file)
    var finder = SpokenItem(message: message)
    try RecordReader().read(
      chain.links[file].file, in: 0..<turn.start.offset, index: file, &finder)
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
    if joinedJSONText(record.payload["content"]) == message { location = record.location }
  }

  mutating func pass(_ kind: RecordKind, at location: RecordLocation) {
    if case .event = kind, kind.isConversation { self.location = nil }
  }
}
