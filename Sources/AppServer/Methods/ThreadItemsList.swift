import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol

/// `thread/items/list`: lists the items of a stored thread, or of one of its turns, in pages.
enum ThreadItemsList: Method {
  static let name = "thread/items/list"

  struct Params: WireObject {
    static let wireName = "ThreadItemsListParams"

    var threadID = ""
    /// The id of the turn whose items are listed; nil for the items of all turns.
    var turnID: String?
    var cursor: Cursor?
    /// The greatest number of items: 25 if absent, at least 1, at most 100.
    var limit: UInt32?
    /// The order of the items; the oldest first if absent.
    var sortDirection: SortDirection?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("turnId", &turnID)
      try field("cursor", &cursor)
      try field("limit", &limit)
      try field("sortDirection", &sortDirection)
    }
  }

  /// The start of a page: the cursor of another page, or an item of the turn after which the page
  /// begins.
  enum Cursor: WireValue {
    case text(String)
    case item(String)

    init(json: JSONValue) throws(JSONError) {
      if let text = json.asString {
        self = .text(text)
      } else if json["type"]?.asString == "item", let id = json.string("itemId") {
        self = .item(id)
      } else {
        throw JSONError(
          "data did not match any variant of untagged enum ThreadItemsListCursor")
      }
    }

    func write(to out: inout JSONWriter) {
      switch self {
      case .text(let text): out.string(text)
      case .item(let id):
        WireMap([(name: "type", value: "item"), (name: "itemId", value: id)]).write(to: &out)
      }
    }

    static func schema(_ schemas: inout SchemaBuilder) -> Schema { .anything }
  }

  struct Response: WireObject {
    static let wireName = "ThreadItemsListResponse"

    var data: [ThreadItemEntry] = []
    /// The cursor to the next page; null on the last page.
    var nextCursor: String?
    /// The cursor to the first item of this page, for reading in the opposite direction; null for
    /// an empty page.
    var backwardsCursor: String?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("data", &data)
      try field("nextCursor", &nextCursor)
      try field("backwardsCursor", &backwardsCursor)
    }
  }

  static func touches(_ params: Params) -> Touches { .shownThread(params.threadID) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let id = try UUID(threadID: params.threadID)
    let cursor = try params.cursor?.page()
    let request = PageRequest(
      limit: PageLimit.rows(params.limit), params.sortDirection ?? .asc, from: cursor)
    let scope = params.turnID.map { ReadScope.items(ofTurn: $0, from: cursor) } ?? .items(request)
    let snapshot = try context.snapshot(id, scope)
    if case .item = params.cursor, params.turnID == nil { throw RPCError.itemAnchorWithoutTurn }
    let page = try snapshot.items(request, in: params.turnID, behind: params.cursor?.itemID)
    var response = Response()
    response.nextCursor = page.cursors.next
    response.backwardsCursor = page.cursors.backwards
    return .stream(id) { [response] stream in
      response.write(items: page.items, of: snapshot, to: &stream)
    }
  }

  static func notFound(_ id: UUID) -> RPCError { .threadNotLoaded(id) }
}

extension ThreadItemsList.Cursor {
  /// The cursor of another page; nil if the page begins after an item.
  fileprivate func page() throws(LibraryError) -> PageCursor? {
    if case .text(let text) = self { try PageCursor(text) } else { nil }
  }

  /// The id of the item after which the page begins; nil for a cursor of another page.
  fileprivate var itemID: String? { if case .item(let id) = self { id } else { nil } }
}

extension ThreadItemsList.Response {
  fileprivate func write(
    items: [ItemPosition], of snapshot: ThreadSnapshot, to stream: inout ResponseStream
  ) -> MissingItems? {
    let pause = stream.pause
    var missing: MissingItems?
    write(to: &stream.json, streaming: "data") { out in
      missing = ItemEncoder(snapshot).write(items, to: &out, pause)
    }
    return missing
  }
}
