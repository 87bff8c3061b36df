import Platform

/// A query for a list of threads: a filter, an order and a page.
package struct ListQuery: Sendable {
  /// The time by which a list is sorted.
  package enum Key: Sendable { case createdAt, updatedAt }

  /// The threads that the list shows.
  package var filter = ThreadFilter()
  /// The time by which the list is sorted.
  package var key = Key.createdAt
  /// Whether the newest thread comes first.
  package var isDescending = true
  /// The cursor at which the page begins; nil for the first page.
  package var cursor: ListCursor?
  /// The greatest number of rows on the page.
  package var limit = 25

  /// Creates a query for the first 25 of all active threads, the newest first.
  package init() {}
}
