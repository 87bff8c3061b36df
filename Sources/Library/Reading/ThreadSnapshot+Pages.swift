package import History
import Platform
import Protocol
import Rollouts

// Turns and items of a thread in pages.
extension ThreadSnapshot {
  /// A page of turns with the cursors to the pages beside it.
  ///
  /// - Throws: When the cursor's turn is gone, or a file cannot be read.
  package func turns(
    _ page: PageRequest
  ) throws(LibraryError) -> (turns: [TurnPlan], cursors: PageCursors) {
    let plan = history.plan
    let start = try page.cursor.map { (cursor) throws(LibraryError) in
      let anchor = try anchor(of: cursor)
      return Page.Start(row: anchor.turn, isIncluded: anchor.isIncluded)
    }
    let rows = Page(
      of: plan.turns.indices, from: start, in: page.direction, limit: page.limit)
    return (
      rows.rows.map { plan.turns[$0] }, PageCursors(rows) { cursor(toTurn: $0, including: $1) }
    )
  }

  /// A page of items with the cursors to the pages beside it.
  ///
  /// - Parameters:
  ///   - turnID: Leaves out the items of other turns.
  ///   - itemID: Where the page begins if it has no cursor: behind this item of the turn. Nil for
  ///     the first page.
  /// - Throws: When the cursor's turn is gone, the item is not there, or a file cannot be read.
  package func items(
    _ page: PageRequest, in turnID: String?, behind itemID: String? = nil
  ) throws(LibraryError) -> (items: [ItemPosition], cursors: PageCursors) {
    let rows = Page(
      of: history.plan.positions(in: turnID), from: try start(of: page, in: turnID, behind: itemID),
      in: page.direction, limit: page.limit)
    return (rows.rows, PageCursors(rows) { cursor(toItem: $0, including: $1) })
  }

  private func start(
    of page: PageRequest, in turnID: String?, behind itemID: String?
  ) throws(LibraryError) -> Page<ItemPosition>.Start? {
    if let cursor = page.cursor { return Page.Start(try anchor(of: cursor), page.direction) }
    guard let itemID, let turnID else { return nil }
    guard let position = try position(ofItem: itemID, in: turnID) else { throw .itemNotFound }
    return Page.Start(row: position, isIncluded: false)
  }

  /// Where an item of this id is in a turn; nil where there is none.
  private func position(
    ofItem id: String, in turnID: String
  ) throws(LibraryError) -> ItemPosition? {
    let builder = ItemBuilder(self)
    return try LibraryError.reading { () throws(SystemError) in
      for position in history.plan.positions(in: turnID) {
        let plan = history.plan.turns[position.turn].items[position.item]
        if try builder.item(plan)?.id == id { return position }
      }
      return nil
    }
  }

  private func anchor(of cursor: PageCursor) throws(LibraryError) -> PageCursor.Anchor {
    let anchor = try LibraryError.reading { () throws(SystemError) in
      try cursor.anchor(in: history.plan, of: chain)
    }
    guard let anchor else { throw .cursorTurnGone }
    return anchor
  }
}

// Cursors.
extension ThreadSnapshot {
  package func cursor(toTurn turn: Int, including isIncluded: Bool) -> TurnCursor {
    TurnCursor(turn: turn, of: history.plan, in: chain, including: isIncluded)
  }

  func cursor(toItem item: ItemPosition, including isIncluded: Bool) -> TurnCursor {
    TurnCursor(
      turn: item.turn, item: item.item, of: history.plan, in: chain, including: isIncluded)
  }

  /// A cursor to the last turn, itself included; nil where there is none.
  package var lastTurnCursor: TurnCursor? {
    history.plan.turns.indices.last.map { cursor(toTurn: $0, including: true) }
  }

  /// A cursor to the last item that is shown, itself included; nil where there is none.
  package var lastItemCursor: TurnCursor? {
    history.plan.lastPosition.map { cursor(toItem: $0, including: true) }
  }
}

/// The cursors to the pages beside a page.
package struct PageCursors: Sendable {
  /// Where the next page begins; nil on the last one.
  package let next: String?
  /// Where this page begins, itself included, for going on in the other direction; nil for an empty
  /// page.
  package let backwards: String?

  /// - Parameter cursor: Makes a cursor to a row, which includes the row or not.
  init<Row>(_ page: Page<Row>, _ cursor: (Row, Bool) -> TurnCursor) {
    next = page.hasMore ? page.rows.last.map { cursor($0, false).text } : nil
    backwards = page.rows.first.map { cursor($0, true).text }
  }
}

extension ItemBuilder {
  /// - Parameter leavesGaps: Whether very large images are left out of items until these are written.
  package convenience init(_ snapshot: ThreadSnapshot, leavesGaps: Bool = false) {
    self.init(
      snapshot.chain.files, snapshot.history.plan, threadID: snapshot.id.description,
      leavesGaps: leavesGaps)
  }
}
