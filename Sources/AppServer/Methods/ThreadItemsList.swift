import History
import JSON
import JSONRPC
import Protocol
import System

/// `thread/items/list`: the items of a stored thread or of one of its turns, in pages.
enum ThreadItemsList: Method {
  static let name = "thread/items/list"

  struct Params: WireObject {
    static let wireName = "ThreadItemsListParams"

    var threadID = ""
    /// Leaves out the items of other turns.
    var turnID: String?
    var cursor: Cursor?
    /// 25 when absent; 0 counts as 1, and 100 are the most.
    var limit: UInt32?
    /// The oldest first when absent.
    var sortDirection: SortDirection?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("turnId", &turnID)
      try field("cursor", &cursor)
      try field("limit", &limit)
      try field("sortDirection", &sortDirection)
    }
  }

  /// Where a page begins: at a cursor of another page, or behind an item of the turn.
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
    /// Null on the last page.
    var nextCursor: String?
    /// Where this page begins, itself included; null for an empty page.
    var backwardsCursor: String?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("data", &data)
      try field("nextCursor", &nextCursor)
      try field("backwardsCursor", &backwardsCursor)
    }
  }

  static func touched(by params: Params, on server: Server) -> Touched {
    .thread(params.threadID, .read)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let id = try UUID(threadID: params.threadID)
    let direction = params.sortDirection ?? .asc
    var cursor: PageCursor?
    if case .text(let text) = params.cursor { cursor = try PageCursor(text) }
    let part = ThreadPart.items(
      in: params.turnID, limit: params.limit, direction, from: cursor)
    return try OpenedThread.open(id, part, on: server) { (opened, server) throws(RPCError) in
      let page = Page(
        of: opened.stored.plan.positions(in: params.turnID),
        from: try start(at: cursor, for: params, of: opened), in: direction,
        limit: PageLimit.rows(params.limit))
      let response = response(page, of: opened)
      let items = ItemWriter(opened, on: server)
      return .streamed { stream in
        let pause = stream.pause
        response.write(to: &stream.json, streaming: "data") { out in
          items.write(page.rows, to: &out, pause)
        }
      }
    }
  }

  private static func start(
    at cursor: PageCursor?, for params: Params, of opened: OpenedThread
  ) throws(RPCError) -> Page<ItemPosition>.Start? {
    if let cursor {
      return Page.Start(try cursor.anchor(in: opened), params.sortDirection ?? .asc)
    }
    guard case .item(let id) = params.cursor else { return nil }
    guard let turnID = params.turnID else { throw .itemAnchorWithoutTurn }
    guard let position = try opened.position(ofItem: id, in: turnID) else {
      throw .itemAnchorNotFound
    }
    return Page.Start(row: position, isIncluded: false)
  }

  private static func response(_ page: Page<ItemPosition>, of opened: OpenedThread) -> Response {
    var response = Response()
    if page.hasMore, let last = page.rows.last {
      response.nextCursor = TurnCursor(at: last, of: opened, including: false).text
    }
    response.backwardsCursor = page.rows.first.map {
      TurnCursor(at: $0, of: opened, including: true).text
    }
    return response
  }
}

extension OpenedThread {
  /// Where an item of this id stands in a turn; nil where there is none.
  fileprivate func position(
    ofItem id: String, in turnID: String
  ) throws(RPCError) -> ItemPosition? {
    let builder = ItemBuilder(self)
    do throws(SystemError) {
      for position in stored.plan.positions(in: turnID) {
        let plan = stored.plan.turns[position.turn].items[position.item]
        if try builder.item(plan)?.id == id { return position }
      }
    } catch {
      throw .unreadable(error)
    }
    return nil
  }
}
