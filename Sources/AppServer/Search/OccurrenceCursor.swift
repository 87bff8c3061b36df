import History
import JSON
import JSONRPC

/// A place among the occurrences of a text: an item, and how many of its occurrences come before.
struct OccurrenceCursor: WireObject {
  private var item = TurnCursor()
  private var skipped: UInt32 = 0

  /// The same in the plan that it is read with.
  struct Start: Sendable {
    let position: ItemPosition
    let skipped: Int
  }

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try item.fields(&field)
    try field("skippedOccurrences", &skipped)
  }
}

extension OccurrenceCursor {
  init(_ position: ItemPosition, skipping count: Int, in opened: OpenedThread) {
    item = TurnCursor(at: position, of: opened, including: true)
    skipped = UInt32(clamping: count)
  }

  init(_ text: String) throws(RPCError) {
    do throws(JSONError) {
      self = try withJSON(Array(text.utf8)) { (json) throws(JSONError) in
        try OccurrenceCursor(json: json)
      }
    } catch {
      throw .invalidCursor(text)
    }
  }

  var text: String { String(decoding: RawJSON(self).bytes, as: UTF8.self) }

  func start(in opened: OpenedThread) throws(RPCError) -> Start {
    guard let turn = item.turn(in: opened.stored.plan, of: opened.chain) else {
      throw .cursorTurnGone
    }
    return Start(
      position: ItemPosition(turn: turn, item: Int(item.itemIndex ?? 0)), skipped: Int(skipped))
  }
}
