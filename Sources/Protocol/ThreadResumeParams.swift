package import JSON

/// The params of `thread/resume` (PROTOCOL.md 5).
package struct ThreadResumeParams: WireObject, Equatable {
  /// The id of the thread to resume.
  package var threadID = ""
  /// The input of a model, of which a new thread is made; used instead of `path`.
  package var history: ModelInput?
  /// The path of a rollout; used instead of `threadID`.
  package var path: PathString?
  /// The settings that the request changes.
  package var overrides = ThreadOverrides()
  /// Whether the answer leaves the turns out.
  package var excludeTurns = false
  /// The page of turns to answer with; nil for none.
  package var initialTurnsPage: ThreadResumeInitialTurnsPageParams?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("threadId", &threadID)
    try field("history", &history)
    try field("path", &path)
    try overrides.fields(&field)
    try field("excludeTurns", &excludeTurns, [.defaulted, .newer])
    try field("initialTurnsPage", &initialTurnsPage, .newer)
  }
}

/// The page of turns in the answer to `thread/resume`.
package struct ThreadResumeInitialTurnsPageParams: WireObject, Equatable {
  /// The number of turns; nil for the method's own limit.
  package var limit: UInt32?
  /// The order of the turns; nil for the method's own.
  package var sortDirection: SortDirection?
  /// Which items of the turns are given; nil for the method's own view.
  package var itemsView: TurnItemsView?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("limit", &limit)
    try field("sortDirection", &sortDirection)
    try field("itemsView", &itemsView)
  }
}

/// The order of a list.
package enum SortDirection: String, WireEnum {
  case asc
  case desc
}

/// A path in a request. Errors call its type a path string.
package struct PathString: WireValue, Equatable {
  /// The path as given.
  package var text: String

  /// Creates a path from a text.
  package init(_ text: String) { self.text = text }

  package init(json: JSONValue) throws(JSONError) {
    guard let text = json.asString else { throw .invalidType(json, expected: "path string") }
    self.text = text
  }

  package func write(to out: inout JSONWriter) { out.string(text) }

  package static func schema(_: inout SchemaBuilder) -> Schema { .type("string") }
}
