import JSON
import JSONRPC
import Library
import Platform
import Protocol

/// `thread/turns/list`: lists the turns of a stored thread, archived or not, in pages.
enum ThreadTurnsList: Method {
  static let name = "thread/turns/list"

  struct Params: WireObject {
    static let wireName = "ThreadTurnsListParams"

    var threadID = ""
    /// The `nextCursor` or `backwardsCursor` of another page; nil for the first page.
    var cursor: String?
    /// The page. Without other values, it has 25 turns with a summary of their items, the newest
    /// first.
    var page = ThreadResumeInitialTurnsPageParams()

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("cursor", &cursor)
      try page.fields(&field)
    }
  }

  typealias Response = TurnsPage

  static func touches(_ params: Params) -> Touches { .shownThread(params.threadID) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let id = try UUID(threadID: params.threadID)
    let request = try PageRequest(params.page, from: params.cursor.map { try PageCursor($0) })
    let snapshot = try context.snapshot(id, .turns(request))
    let page = try TurnPage(request, showing: params.page.itemsView, of: snapshot)
    let encoder = TurnEncoder(snapshot, session.library.helpers)
    return .stream(snapshot.id) { stream in
      page.write(to: &stream.json, with: encoder, stream.pause)
    }
  }

  static func notFound(_ id: UUID) -> RPCError { .threadNotLoaded(id) }
}
