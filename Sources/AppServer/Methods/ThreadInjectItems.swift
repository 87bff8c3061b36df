import Changes
import JSON
import JSONRPC
import Platform
import Protocol
import Rollouts

/// `thread/inject_items`: appends items of the model's input to a loaded thread, unchanged.
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

  static func touches(_ params: Params) -> Touches { .thread(params.threadID, .write) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let thread = try context.session.loaded(params.threadID)
    guard !params.items.isEmpty else { throw RPCError.noItems }
    for (index, item) in params.items.enumerated() { try check(item, at: index) }
    try context.commit()
    try context.session.changes.inject(params.items, into: thread.handle)
    return .value(EmptyResponse())
  }

  private static func check(_ item: RawJSON, at index: Int) throws(RPCError) {
    do throws(JSONError) {
      try withJSON(item.bytes) { (json) throws(JSONError) in try ResponseItem.check(json) }
    } catch {
      throw .invalidItem(index, error)
    }
  }
}
