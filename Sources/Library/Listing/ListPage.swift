import Platform

/// A page of a list of threads.
package struct ListPage: Sendable {
  /// The threads of the page, in the order of the list.
  package var rows: [ListRow] = []
  /// The moment whose order the list has, in milliseconds since 1970; nil if the order cannot
  /// change.
  package var moment: Int64?
  /// The cursor to the next page; nil for the last page.
  package var next: ListCursor?
  /// The cursor to the previous page, for a request in the opposite direction; nil for an empty
  /// page.
  package var backwards: ListCursor?
  /// The parts of the home that the list lacks.
  package var losses: [HomeLoss] = []
  /// Whether a file was gone when it was looked at: another process may have moved it.
  var missesFile = false
}

/// A thread of a list, and its position in the order.
package struct ListRow: Sendable {
  /// The thread without its turns.
  package let overview: ThreadOverview
  /// The position of the thread in the list.
  package let position: ListPosition
}
