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

  /// Writes items as an array. If a file cannot be read further, the array ends there.
  ///
  /// - Parameter isWanted: Whether an item is written.
  /// - Returns: The error that ended the array early; nil if there was none.
  func write(
    _ positions: [ItemPosition], where isWanted: (ThreadItem) -> Bool = { _ in true },
    to out: inout JSONWriter, _ pause: ResponseStream.Pause
  ) -> SystemError? {
    let builder = ItemBuilder(snapshot, leavesGaps: true)
    out.byte(UInt8(ascii: "["))
    defer { out.byte(UInt8(ascii: "]")) }
    var isFirst = true
    do throws(SystemError) {
      for position in positions {
        guard let entry = try entry(at: position, from: builder), isWanted(entry.item) else {
          continue
        }
        if isFirst { isFirst = false } else { out.byte(UInt8(ascii: ",")) }
        try builder.write(entry, to: &out) { pause(&$0) }
      }
      return nil
    } catch {
      return error
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
