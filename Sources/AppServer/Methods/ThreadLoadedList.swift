import JSON
import JSONRPC
import Platform

/// `thread/loaded/list`: lists the ids of the loaded threads in ascending order, in pages.
enum ThreadLoadedList: Method {
  static let name = "thread/loaded/list"

  struct Params: WireObject {
    static let wireName = "ThreadLoadedListParams"

    /// The last id on the previous page; nil for the first page.
    var cursor: String?
    /// The greatest number of ids: no limit if absent, at least 1.
    var limit: UInt32?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("cursor", &cursor)
      try field("limit", &limit)
    }
  }

  struct Response: WireObject {
    static let wireName = "ThreadLoadedListResponse"

    var data: [String] = []
    /// The cursor to the next page; null on the last page.
    var nextCursor: String?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("data", &data)
      try field("nextCursor", &nextCursor)
    }
  }

  static func touches(_ params: Params) -> Touches { .loadedThreads }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    var ids = context.session.loadedThreads.ids[...]
    if let cursor = params.cursor {
      guard let last = try? UUID(cursor) else { throw RPCError.invalidCursor(cursor) }
      ids = ids.drop { $0 <= last }  // The thread itself may have been unloaded since.
    }
    let page = ids.prefix(max(1, Int(params.limit ?? .max)))
    var response = Response()
    response.data = page.map(\.description)
    response.nextCursor = page.count < ids.count ? response.data.last : nil
    return .value(response)
  }
}
