import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol

/// `thread/items/read`: reads items of a turn by their ids, in the thread's order. Missing items
/// are left out.
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

  static func touches(_ params: Params) -> Touches { .shownThread(params.threadID) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    guard (1...100).contains(params.itemIDs.count) else { throw RPCError.itemIDCount }
    let id = try UUID(threadID: params.threadID)
    let wanted = Set(params.itemIDs)
    let snapshot = try context.snapshot(id, .items(ofTurn: params.turnID))
    return .stream(id) { stream in
      let pause = stream.pause
      var missing: MissingItems?
      Response().write(to: &stream.json, streaming: "data") { out in
        missing = ItemEncoder(snapshot).write(
          snapshot.history.plan.positions(in: params.turnID), where: { wanted.contains($0.id) },
          to: &out, pause)
      }
      return missing
    }
  }

  static func notFound(_ id: UUID) -> RPCError { .threadNotLoaded(id) }
}
