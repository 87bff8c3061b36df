package import History
package import Protocol

/// The place of an item in a plan.
package struct ItemPosition: Comparable, Sendable {
  package let turn: Int
  package let item: Int

  package init(turn: Int, item: Int) {
    self.turn = turn
    self.item = item
  }

  package static func < (one: ItemPosition, other: ItemPosition) -> Bool {
    (one.turn, one.item) < (other.turn, other.item)
  }
}

extension HistoryPlan {
  /// The places of all items that are shown, in the thread's order.
  ///
  /// - Parameter turnID: Leaves out the items of other turns; of several turns of this id it means
  ///   the last one.
  package func positions(in turnID: String? = nil) -> [ItemPosition] {
    guard let turnID else { return turns.indices.flatMap(positions) }
    return turns.lastIndex { $0.id == turnID }.map(positions) ?? []
  }

  /// The place of the last item that is shown; nil where there is none.
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
  /// Where a page of items begins; a cursor that names a turn means all of the turn's items.
  package init(_ anchor: PageCursor.Anchor, _ direction: SortDirection) {
    if let item = anchor.item {
      self.init(
        row: ItemPosition(turn: anchor.turn, item: item), isIncluded: anchor.isIncluded)
    } else {
      let meetsFirstItem = (direction == .asc) == anchor.isIncluded
      self.init(
        row: ItemPosition(turn: anchor.turn, item: meetsFirstItem ? 0 : .max),
        isIncluded: anchor.isIncluded)
    }
  }
}
