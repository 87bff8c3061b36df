import History
package import JSON

/// A cursor in a list of occurrences of a text: an item, and how many of its occurrences are
/// skipped.
package struct OccurrenceCursor: WireObject {
  private var item = TurnCursor()
  private var skipped: UInt32 = 0

  /// The item's position in a plan, and how many of its occurrences are skipped.
  struct Start: Sendable {
    let position: ItemPosition
    let skipped: Int
  }

  /// Creates an empty cursor, which decoding fills.
  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try item.fields(&field)
    try field("skippedOccurrences", &skipped)
  }
}

extension OccurrenceCursor {
  /// Creates a cursor to an occurrence in an item.
  init(_ position: ItemPosition, skipping count: Int, in snapshot: ThreadSnapshot) {
    item = snapshot.cursor(toItem: position, including: true)
    skipped = UInt32(clamping: count)
  }

  /// Reads a cursor that a client sent.
  ///
  /// - Throws: `invalidCursor` if the text is not a cursor.
  package init(_ text: String) throws(LibraryError) {
    do throws(JSONError) {
      self = try withJSON(Array(text.utf8)) { (json) throws(JSONError) in
        try OccurrenceCursor(json: json)
      }
    } catch {
      throw .invalidCursor(text)
    }
  }

  /// The text of the cursor, as clients get it.
  var text: String { String(decoding: RawJSON(self).bytes, as: UTF8.self) }

  /// The item that the cursor refers to.
  ///
  /// - Throws: `cursorTurnGone` if the thread no longer has the turn.
  func start(in snapshot: ThreadSnapshot) throws(LibraryError) -> Start {
    guard let turn = item.turn(in: snapshot.history.plan, of: snapshot.chain) else {
      throw .cursorTurnGone
    }
    return Start(
      position: ItemPosition(turn: turn, item: Int(item.itemIndex ?? 0)), skipped: Int(skipped))
  }
}
