import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol

/// Writes items with the ids of their turns, one at a time.
struct ItemEncoder {
  private let snapshot: ThreadSnapshot

  init(_ snapshot: ThreadSnapshot) { self.snapshot = snapshot }

  /// Writes items as an array.
  ///
  /// - Parameter isWanted: Whether an item is written.
  /// - Returns: What the array lacks because files cannot be read any more; nil if nothing.
  func write(
    _ positions: [ItemPosition], where isWanted: (ThreadItem) -> Bool = { _ in true },
    to out: inout JSONWriter, _ pause: ResponseStream.Pause
  ) -> MissingItems? {
    var items = ItemArray(snapshot)
    let sending = { (out: inout JSONWriter) in pause(&out) }
    return items.write(positions, to: &out, sending) { (position, builder) throws(SystemError) in
      try entry(at: position, from: builder).flatMap { isWanted($0.item) ? $0 : nil }
    }
  }

  private func entry(
    at position: ItemPosition, from builder: ItemBuilder
  ) throws(SystemError) -> ThreadItemEntry? {
    let turn = snapshot.history.plan.turns[position.turn]
    guard let timed = try builder.timedItem(turn.items[position.item]) else { return nil }
    var entry = ThreadItemEntry()
    entry.turnID = turn.id
    entry.item = timed.item
    entry.startedAtMs = timed.startedAtMs
    entry.completedAtMs = timed.completedAtMs
    return entry
  }
}
