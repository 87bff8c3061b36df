import Protocol

/// A part of rows that have an order, and whether more of them follow in the direction of reading.
struct Page<Row: Comparable> {
  let rows: [Row]
  let hasMore: Bool

  /// The place that a page begins at.
  struct Start {
    let row: Row
    let isIncluded: Bool
  }

  /// - Parameters:
  ///   - rows: All there are, ascending.
  ///   - start: The row itself need not be among them. Nil for the first page.
  init(
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

/// How many rows a page has at most.
enum PageLimit {
  /// - Parameter limit: What the request says, if it does; 0 counts as 1.
  static func rows(_ limit: UInt32?, default standard: Int = 25, max most: Int = 100) -> Int {
    min(max(limit.map { Int($0) } ?? standard, 1), most)
  }
}
