package import Protocol

/// A part of rows that have an order, and whether more of them follow in the direction of reading.
package struct Page<Row: Comparable> {
  package let rows: [Row]
  package let hasMore: Bool

  /// Where a page begins.
  package struct Start {
    let row: Row
    let isIncluded: Bool

    package init(row: Row, isIncluded: Bool) {
      self.row = row
      self.isIncluded = isIncluded
    }
  }

  /// - Parameters:
  ///   - rows: All there are, ascending.
  ///   - start: Its row need not be among them. Nil for the first page.
  package init(
    of rows: some BidirectionalCollection<Row>, from start: Start?, in direction: SortDirection,
    limit: Int
  ) {
    switch direction {
    case .asc:
      let rest = rows.drop { row in
        start.map { row < $0.row || row == $0.row && !$0.isIncluded } ?? false
      }
      self.init(rest, limit: limit)
    case .desc:
      let rest = rows.reversed().drop { row in
        start.map { row > $0.row || row == $0.row && !$0.isIncluded } ?? false
      }
      self.init(rest, limit: limit)
    }
  }

  private init(_ rest: some Collection<Row>, limit: Int) {
    rows = Array(rest.prefix(limit))
    hasMore = rows.count < rest.count
  }
}

extension Page.Start: Sendable where Row: Sendable {}

/// Which page of turns or items is wanted.
package struct PageRequest: Sendable {
  let limit: Int
  let direction: SortDirection
  /// Nil for the first page.
  let cursor: PageCursor?

  package init(limit: Int, _ direction: SortDirection, from cursor: PageCursor?) {
    self.limit = limit
    self.direction = direction
    self.cursor = cursor
  }
}
