package import JSON

/// The params of `thread/resume` (PROTOCOL.md 5).
package struct ThreadResumeParams: WireObject, Equatable {
  package var threadID = ""
  /// Items of the model's input to make a new thread of; goes before `path`.
  package var history: ModelInput?
  /// The rollout; goes before `threadID`.
  package var path: PathString?
  package var overrides = ThreadOverrides()
  package var excludeTurns = false
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

/// Which page of turns an answer brings with it.
package struct ThreadResumeInitialTurnsPageParams: WireObject, Equatable {
  /// Null is the method's own limit.
  package var limit: UInt32?
  package var sortDirection: SortDirection?
  package var itemsView: TurnItemsView?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("limit", &limit)
    try field("sortDirection", &sortDirection)
    try field("itemsView", &itemsView)
  }
}

/// In which direction a list goes.
package enum SortDirection: String, WireEnum {
  case asc
  case desc
}

/// A string that an error calls a path.
package struct PathString: WireValue, Equatable {
  package var text: String

  package init(_ text: String) { self.text = text }

  package init(json: JSONValue) throws(JSONError) {
    guard let text = json.asString else { throw .invalidType(json, expected: "path string") }
    self.text = text
  }

  package func write(to out: inout JSONWriter) { out.string(text) }

  package static func schema(_: inout SchemaBuilder) -> Schema { .type("string") }
}
