package import JSON

/// What search results are sorted by.
package enum ThreadSearchSortKey: String, WireEnum {
  case createdAt = "created_at"
  case updatedAt = "updated_at"
  case recencyAt = "recency_at"
}

/// The kinds of sources that lists can be narrowed down to.
package enum ThreadSourceKind: String, WireEnum {
  case cli
  case vscode
  case exec
  case appServer
  /// Subagents of every kind.
  case subAgent
  case subAgentReview
  case subAgentCompact
  case subAgentThreadSpawn
  case subAgentOther
  case unknown
}

/// A thread that shows what was searched for.
package struct ThreadSearchResult: WireObject, Equatable {
  /// Without its turns.
  package var thread = Thread()
  /// The first place that shows it, on one line.
  package var snippet = ""

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("thread", &thread)
    try field("snippet", &snippet)
  }
}

/// One of the places where a thread shows what was searched for.
package struct ThreadSearchOccurrence: WireObject, Equatable {
  /// The id of the turn.
  package var turnID = ""
  /// The id of the item.
  package var itemID = ""
  /// The place with some text around it, on one line.
  package var snippet = ""
  /// The range of the match in the snippet.
  package var snippetMatchRange = ThreadSearchTextRange()
  /// A cursor of `thread/turns/list` to the turn.
  package var turnCursor = ""

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("turnId", &turnID)
    try field("itemId", &itemID)
    try field("snippet", &snippet)
    try field("snippetMatchRange", &snippetMatchRange)
    try field("turnCursor", &turnCursor)
  }
}

/// A range in a text, in UTF-16 code units, the end not in it.
package struct ThreadSearchTextRange: WireObject, Equatable {
  /// The index of the first code unit.
  package var start: UInt32 = 0
  /// The index behind the last code unit.
  package var end: UInt32 = 0

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("start", &start)
    try field("end", &end)
  }
}
