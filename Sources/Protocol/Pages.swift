package import JSON

/// A part of a thread's turns, in the order that was asked for.
package struct TurnsPage: WireObject, Equatable {
  /// The turns of the page.
  package var data: [Turn] = []
  /// Where the next page begins; null on the last one.
  package var nextCursor: String?
  /// Where this page begins, itself included, for going on in the other direction; null for an
  /// empty page.
  package var backwardsCursor: String?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("data", &data)
    try field("nextCursor", &nextCursor)
    try field("backwardsCursor", &backwardsCursor)
  }
}

/// An item by itself, with the turn that it belongs to.
package struct ThreadItemEntry: WireObject, Equatable {
  /// The id of the item's turn.
  package var turnID = ""
  /// The item.
  package var item = ThreadItem.contextCompaction(ThreadItem.ContextCompaction())
  /// Unix time in ms; null where nothing tells.
  package var startedAtMs: Int64?
  /// Unix time in ms; null where nothing tells.
  package var completedAtMs: Int64?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("turnId", &turnID)
    try field("item", &item)
    try field("startedAtMs", &startedAtMs)
    try field("completedAtMs", &completedAtMs)
  }
}
