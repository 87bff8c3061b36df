import JSON

/// What the params of the lists have in common: how each list may be narrowed besides does not matter
/// to an empty one.
struct ListParams: WireObject {
  var cursor: String?
  var limit: UInt32?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("cursor", &cursor)
    try field("limit", &limit)
  }
}

struct WholeEmptyList: WireObject {
  var data: [RawJSON] = []

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("data", &data)
  }
}

struct EmptyPage: WireObject {
  var data: [RawJSON] = []
  var nextCursor: String?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("data", &data)
    try field("nextCursor", &nextCursor)
  }
}
