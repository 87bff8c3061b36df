import Platform

/// One page of a list.
package struct ListPage: Sendable {
  package var rows: [ListRow] = []
  /// When the order was that of the list, in ms since 1970; nil where the order does not change with
  /// time.
  package var moment: Int64?
  /// Where the next page begins; nil on the last one.
  package var next: ListCursor?
  /// Where the page before begins, in the other direction; nil for an empty page.
  package var backwards: ListCursor?
}

/// A thread of a list, and its place in the order.
package struct ListRow: Sendable {
  package let overview: ThreadOverview
  package let position: ListPosition
}
