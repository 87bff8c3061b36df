package import JSON

/// A page of a thread's turns, in the requested order.
package struct TurnsPage: WireObject, Equatable {
  /// The turns of the page.
  package var data: [Turn] = []
  /// The cursor of the next page; null on the last page.
  package var nextCursor: String?
  /// The cursor of this page, for paging in the other direction; null for an empty page.
  package var backwardsCursor: String?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("data", &data)
    try field("nextCursor", &nextCursor)
    try field("backwardsCursor", &backwardsCursor)
  }
}

/// An item with the id of its turn.
package struct ThreadItemEntry: WireObject, Equatable {
  /// The id of the item's turn.
  package var turnID = ""
  /// The item.
  package var item = ThreadItem.contextCompaction(ThreadItem.ContextCompaction())
  /// When the work of the item began, in ms since 1970; null where none is recorded.
  package var startedAtMs: Int64?
  /// When the work of the item ended, in ms since 1970; null where none is recorded.
  package var completedAtMs: Int64?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("turnId", &turnID)
    try field("item", &item)
    try field("startedAtMs", &startedAtMs)
    try field("completedAtMs", &completedAtMs)
  }
}
