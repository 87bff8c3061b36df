package import Protocol

/// A page of rows that have an order.
package struct Page<Row: Comparable> {
  /// The rows in the direction of reading.
  package let rows: [Row]
  /// Whether more rows follow in the direction of reading.
  package let hasMore: Bool

  /// The start of a page.
  package struct Start {
    /// The row before which or after which the page begins.
    let row: Row
    /// Whether the page includes the row.
    let isIncluded: Bool

    /// Creates a start from its row.
    package init(row: Row, isIncluded: Bool) {
      self.row = row
      self.isIncluded = isIncluded
    }
  }

  /// Cuts a page from rows.
  ///
  /// - Parameters:
  ///   - rows: All rows in ascending order.
  ///   - start: The start of the page, whose row need not be among the rows; nil for the first
  ///     page.
  ///   - direction: The direction of reading.
  ///   - limit: The greatest number of rows on the page.
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

/// A request for a page of turns or items.
package struct PageRequest: Sendable {
  /// The greatest number of rows on the page.
  let limit: Int
  /// The direction of reading.
  let direction: SortDirection
  /// The cursor at which the page begins; nil for the first page.
  let cursor: PageCursor?

  /// Creates a request.
  ///
  /// - Parameter cursor: The cursor at which the page begins; nil for the first page.
  package init(limit: Int, _ direction: SortDirection, from cursor: PageCursor?) {
    self.limit = limit
    self.direction = direction
    self.cursor = cursor
  }
}
