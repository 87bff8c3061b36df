import History
import JSON
import JSONRPC
import Protocol
import System

/// An item's place in a plan.
struct ItemPosition: Comparable {
  let turn: Int
  let item: Int

  static func < (one: ItemPosition, other: ItemPosition) -> Bool {
    (one.turn, one.item) < (other.turn, other.item)
  }
}

extension HistoryPlan {
  /// The places of all items that are shown, in the thread's order.
  ///
  /// - Parameter turnID: Leaves out the items of other turns; of several turns of this id it means
  ///   the last one.
  func positions(in turnID: String? = nil) -> [ItemPosition] {
    guard let turnID else { return turns.indices.flatMap(positions) }
    return turns.lastIndex { $0.id == turnID }.map(positions) ?? []
  }

  /// The last of them.
  var lastPosition: ItemPosition? {
    for turn in turns.indices.reversed() {
      if let item = turns[turn].items.lastIndex(where: { !$0.isHidden }) {
        return ItemPosition(turn: turn, item: item)
      }
    }
    return nil
  }

  private func positions(ofTurn turn: Int) -> [ItemPosition] {
    turns[turn].items.indices.lazy.filter { !turns[turn].items[$0].isHidden }.map {
      ItemPosition(turn: turn, item: $0)
    }
  }
}

extension Page<ItemPosition>.Start {
  /// Where a page of items begins; a cursor that names a turn means all of its items.
  init(_ anchor: PageCursor.Anchor, _ direction: SortDirection) {
    isIncluded = anchor.isIncluded
    if let item = anchor.item {
      row = ItemPosition(turn: anchor.turn, item: item)
    } else {
      let meetsFirstItem = (direction == .asc) == anchor.isIncluded
      row = ItemPosition(turn: anchor.turn, item: meetsFirstItem ? 0 : .max)
    }
  }
}

/// Writes items with the turns that they belong to, one at a time.
struct ItemWriter {
  let opened: OpenedThread
  let log: Log
  let lateLosses: LateLosses

  init(_ opened: OpenedThread, on server: Server) {
    self.opened = opened
    log = server.log
    lateLosses = server.lateLosses
  }

  /// Writes the items as an array; see `TurnWriter` for files that can no longer be read.
  func write(
    _ positions: [ItemPosition], where isWanted: (ThreadItem) -> Bool = { _ in true },
    to out: inout JSONWriter, _ pause: ResponseStream.Pause
  ) {
    let builder = ItemBuilder(opened, leavesGaps: true)
    out.byte(UInt8(ascii: "["))
    var isFirst = true
    do throws(SystemError) {
      for position in positions {
        guard let entry = try entry(at: position, from: builder), isWanted(entry.item) else {
          continue
        }
        if isFirst { isFirst = false } else { out.byte(UInt8(ascii: ",")) }
        try builder.write(entry, to: &out) { pause(&$0) }
      }
    } catch {
      log.warn("thread \(opened.id): the answer was cut short: \(error)")
      lateLosses.note(error, in: opened.id)
    }
    out.byte(UInt8(ascii: "]"))
  }

  private func entry(
    at position: ItemPosition, from builder: ItemBuilder
  ) throws(SystemError) -> ThreadItemEntry? {
    let turn = opened.stored.plan.turns[position.turn]
    guard let timed = try builder.timedItem(turn.items[position.item]) else { return nil }
    var entry = ThreadItemEntry()
    entry.turnID = turn.id
    entry.item = timed.item
    entry.startedAtMs = timed.startedAtMs
    entry.completedAtMs = timed.completedAtMs
    return entry
  }
}
