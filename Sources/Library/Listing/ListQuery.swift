import Platform

/// Which threads a list is to show, in which order, and from where on.
package struct ListQuery: Sendable {
  package enum Key: Sendable { case createdAt, updatedAt }

  package var filter = ThreadFilter()
  package var key = Key.createdAt
  package var isDescending = true
  /// Where the page begins; nil for the first page.
  package var cursor: ListCursor?
  package var limit = 25

  package init() {}
}
