package import History
package import Protocol

/// The position of an item in a plan.
package struct ItemPosition: Comparable, Sendable {
  /// The index of the turn in the plan.
  package let turn: Int
  /// The index of the item in its turn.
  package let item: Int

  /// Creates a position from two indices.
  package init(turn: Int, item: Int) {
    self.turn = turn
    self.item = item
  }

  /// Compares the turns, and the items of one turn.
  package static func < (one: ItemPosition, other: ItemPosition) -> Bool {
    (one.turn, one.item) < (other.turn, other.item)
  }
}

extension HistoryPlan {
  /// The positions of all items that are shown, in the thread's order.
  ///
  /// - Parameter turnID: The id of the turn whose items are wanted; the last turn if several have
  ///   it. Nil for the items of all turns.
  package func positions(in turnID: String? = nil) -> [ItemPosition] {
    guard let turnID else { return turns.indices.flatMap(positions) }
    return turns.lastIndex { $0.id == turnID }.map(positions) ?? []
  }

  /// The position of the last item that is shown; nil if no item is shown.
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
  /// The start of a page of items. A cursor that names a turn stands for all items of the turn.
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
