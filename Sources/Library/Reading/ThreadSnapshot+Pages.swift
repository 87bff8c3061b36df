package import History
import Platform
import Protocol
import Rollouts

// Turns and items of a thread in pages.
extension ThreadSnapshot {
  /// A page of turns with the cursors to the neighbouring pages.
  ///
  /// - Throws: `cursorTurnGone` if the plan lacks the cursor's turn, `unreadable` if a file cannot
  ///   be read.
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

  /// A page of items with the cursors to the neighbouring pages.
  ///
  /// - Parameters:
  ///   - turnID: The id of the turn whose items are listed; nil for the items of all turns.
  ///   - itemID: The id of the item of the turn after which a page without a cursor begins; nil for
  ///     the first page.
  /// - Throws: `cursorTurnGone` if the plan lacks the cursor's turn, `itemNotFound` if the turn
  ///   lacks the item, `unreadable` if a file cannot be read.
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

  /// The position of an item in a turn; nil if the turn does not contain it.
  private func position(
    ofItem id: String, in turnID: String
  ) throws(LibraryError) -> ItemPosition? {
    let builder = ItemBuilder(self, leavesGaps: true)
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
  /// A cursor to a turn.
  ///
  /// - Parameters:
  ///   - turn: The index of the turn in the plan.
  ///   - isIncluded: Whether the page includes the turn.
  package func cursor(toTurn turn: Int, including isIncluded: Bool) -> TurnCursor {
    TurnCursor(turn: turn, of: history.plan, in: chain, including: isIncluded)
  }

  /// A cursor to an item.
  ///
  /// - Parameter isIncluded: Whether the page includes the item.
  func cursor(toItem item: ItemPosition, including isIncluded: Bool) -> TurnCursor {
    TurnCursor(
      turn: item.turn, item: item.item, of: history.plan, in: chain, including: isIncluded)
  }

  /// A cursor to the last turn, which the page includes; nil for a thread without turns.
  package var lastTurnCursor: TurnCursor? {
    history.plan.turns.indices.last.map { cursor(toTurn: $0, including: true) }
  }

  /// A cursor to the last item that is shown, which the page includes; nil if no item is shown.
  package var lastItemCursor: TurnCursor? {
    history.plan.lastPosition.map { cursor(toItem: $0, including: true) }
  }
}

/// The cursors to the neighbouring pages of a page.
package struct PageCursors: Sendable {
  /// The cursor to the next page; nil for the last page.
  package let next: String?
  /// The cursor to the first row of this page, for reading in the opposite direction; nil for an
  /// empty page.
  package let backwards: String?

  /// Creates the cursors of a page.
  ///
  /// - Parameter cursor: Creates a cursor to a row; the second argument says whether the row is
  ///   included.
  init<Row>(_ page: Page<Row>, _ cursor: (Row, Bool) -> TurnCursor) {
    next = page.hasMore ? page.rows.last.map { cursor($0, false).text } : nil
    backwards = page.rows.first.map { cursor($0, true).text }
  }
}

extension ItemBuilder {
  /// Creates a builder for the items of a thread.
  ///
  /// - Parameter leavesGaps: Whether very large images are left out of items and copied from the
  ///   file when the items are written.
  package convenience init(_ snapshot: ThreadSnapshot, leavesGaps: Bool = false) {
    self.init(
      snapshot.chain.files, snapshot.history.plan, threadID: snapshot.id.description,
      leavesGaps: leavesGaps)
  }
}
