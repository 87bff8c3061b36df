import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol

/// Writes items with the turns that they belong to, one at a time.
struct ItemEncoder {
  private let snapshot: ThreadSnapshot

  init(_ snapshot: ThreadSnapshot) { self.snapshot = snapshot }

  /// Writes the items as an array. A file that can no longer be read ends them there.
  ///
  /// - Returns: What kept it from writing them all; nil as a rule.
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
