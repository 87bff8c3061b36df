import JSON
import JSONRPC
import Protocol
import System

/// `thread/turns/list`: the turns of a stored thread, archived or not, in pages.
enum ThreadTurnsList: Method {
  static let name = "thread/turns/list"

  struct Params: WireObject {
    static let wireName = "ThreadTurnsListParams"

    var threadID = ""
    /// `nextCursor` or `backwardsCursor` of another page.
    var cursor: String?
    /// 25 turns, the newest first, in summary, unless it says otherwise.
    var page = ThreadResumeInitialTurnsPageParams()

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("cursor", &cursor)
      try page.fields(&field)
    }
  }

  typealias Response = TurnsPage

  static func touched(by params: Params, on server: Server) -> Touched {
    .thread(params.threadID, .read)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let id = try UUID(threadID: params.threadID)
    let start = try params.cursor.map { (text) throws(RPCError) in try PageCursor(text) }
    let part = ThreadPart.page(params.page, from: start)
    return try OpenedThread.open(id, part, on: server) { (opened, server) throws(RPCError) in
      let page = try TurnPage(params.page, from: start, of: opened)
      let turns = TurnWriter(opened, on: server)
      return .streamed { stream in page.write(to: &stream.json, with: turns, stream.pause) }
    }
  }
}
