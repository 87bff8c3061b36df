import History
import JSON
import JSONRPC
import Protocol
import System

/// `thread/items/read`: some items of a turn by their ids, in the thread's order; those that are not
/// there are left out.
enum ThreadItemsRead: Method {
  static let name = "thread/items/read"

  struct Params: WireObject {
    static let wireName = "ThreadItemsReadParams"

    var threadID = ""
    var turnID = ""
    var itemIDs: [String] = []

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("turnId", &turnID)
      try field("itemIds", &itemIDs)
    }
  }

  struct Response: WireObject {
    static let wireName = "ThreadItemsReadResponse"

    var data: [ThreadItemEntry] = []

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("data", &data)
    }
  }

  static func touched(by params: Params, on server: Server) -> Touched {
    .thread(params.threadID, .read)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    guard (1...100).contains(params.itemIDs.count) else { throw .itemIDCount }
    let id = try UUID(threadID: params.threadID)
    let wanted = Set(params.itemIDs)
    let part = ThreadPart.items(in: params.turnID, limit: nil, .asc, from: nil)
    return try OpenedThread.open(id, part, on: server) { (opened, server) in
      let items = ItemWriter(opened, on: server)
      return .streamed { stream in
        let pause = stream.pause
        Response().write(to: &stream.json, streaming: "data") { out in
          items.write(
            opened.stored.plan.positions(in: params.turnID), where: { wanted.contains($0.id) },
            to: &out, pause)
        }
      }
    }
  }
}
