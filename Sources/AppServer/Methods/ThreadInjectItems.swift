import JSON
import JSONRPC
import Protocol
import Rollouts
import System

/// `thread/inject_items`: adds items of the model's input to a loaded thread, as they came.
enum ThreadInjectItems: Method {
  static let name = "thread/inject_items"

  struct Params: WireObject {
    static let wireName = "ThreadInjectItemsParams"

    var threadID = ""
    var items: [RawJSON] = []

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("items", &items)
    }
  }

  typealias Response = EmptyResponse

  static func touched(by params: Params, on server: Server) -> Touched {
    .thread(params.threadID, .write)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let id = try UUID(threadID: params.threadID)
    guard server.loadedThreads[id] != nil else { throw .threadNotFound(id.description) }
    guard !params.items.isEmpty else { throw .noItems }
    for (index, item) in params.items.enumerated() { try check(item, at: index) }
    try server.writer(of: id).append(on: server) { records in
      for item in params.items { records.append("response_item", item) }
    }
    return .now(EmptyResponse())
  }

  private static func check(_ item: RawJSON, at index: Int) throws(RPCError) {
    do throws(JSONError) {
      try withJSON(item.bytes) { (json) throws(JSONError) in try ResponseItem.check(json) }
    } catch {
      throw .invalidItem(index, error)
    }
  }
}
