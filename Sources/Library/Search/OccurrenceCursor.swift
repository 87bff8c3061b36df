import History
package import JSON

/// A place among the occurrences of a text: an item, and how many of its occurrences come before.
package struct OccurrenceCursor: WireObject {
  private var item = TurnCursor()
  private var skipped: UInt32 = 0

  /// The same in the plan that it is read with.
  struct Start: Sendable {
    let position: ItemPosition
    let skipped: Int
  }

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try item.fields(&field)
    try field("skippedOccurrences", &skipped)
  }
}

extension OccurrenceCursor {
  init(_ position: ItemPosition, skipping count: Int, in snapshot: ThreadSnapshot) {
    item = snapshot.cursor(toItem: position, including: true)
    skipped = UInt32(clamping: count)
  }

  /// - Throws: `invalidCursor` for a text that is none.
  package init(_ text: String) throws(LibraryError) {
    do throws(JSONError) {
      self = try withJSON(Array(text.utf8)) { (json) throws(JSONError) in
        try OccurrenceCursor(json: json)
      }
    } catch {
      throw .invalidCursor(text)
    }
  }

  var text: String { String(decoding: RawJSON(self).bytes, as: UTF8.self) }

  /// What the cursor names in a thread.
  func start(in snapshot: ThreadSnapshot) throws(LibraryError) -> Start {
    guard let turn = item.turn(in: snapshot.history.plan, of: snapshot.chain) else {
      throw .cursorTurnGone
    }
    return Start(
      position: ItemPosition(turn: turn, item: Int(item.itemIndex ?? 0)), skipped: Int(skipped))
  }
}
