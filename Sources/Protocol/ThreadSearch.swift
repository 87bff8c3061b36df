package import JSON

/// The time by which search results are sorted.
package enum ThreadSearchSortKey: String, WireEnum {
  case createdAt = "created_at"
  case updatedAt = "updated_at"
  case recencyAt = "recency_at"
}

/// The kinds of sources by which lists can be filtered.
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

/// A thread that contains the text of a search.
package struct ThreadSearchResult: WireObject, Equatable {
  /// The thread without its turns.
  package var thread = Thread()
  /// The text around the first match, on one line.
  package var snippet = ""

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("thread", &thread)
    try field("snippet", &snippet)
  }
}

/// A match of a search in a thread.
package struct ThreadSearchOccurrence: WireObject, Equatable {
  /// The id of the turn.
  package var turnID = ""
  /// The id of the item.
  package var itemID = ""
  /// The text around the match, on one line.
  package var snippet = ""
  /// The range of the match in the snippet.
  package var snippetMatchRange = ThreadSearchTextRange()
  /// The cursor of the turn for `thread/turns/list`.
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

/// A range of UTF-16 code units in a text, without its end.
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
