import Changes
import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts
import Settings

/// `thread/revert`: reverts a loaded thread to its state before a turn. A paginated thread
/// continues in a new file that refers to the old one; in other threads a record drops the turns.
enum ThreadRevert: Method {
  static let name = "thread/revert"

  struct Params: WireObject {
    static let wireName = "ThreadRevertParams"

    var threadID = ""
    var beforeTurnID = ""

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("beforeTurnId", &beforeTurnID)
    }
  }

  struct Response: WireObject {
    static let wireName = "ThreadRevertResponse"

    /// The thread without its turns.
    var thread = Protocol.Thread()
    /// The cursor to the last turn; null for a thread without turns.
    var turnsBackwardsCursor: String?
    /// The cursor to the last item; null for a thread without items.
    var itemsBackwardsCursor: String?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("thread", &thread)
      try field("turnsBackwardsCursor", &turnsBackwardsCursor)
      try field("itemsBackwardsCursor", &itemsBackwardsCursor)
    }
  }

  static func touches(_ params: Params) -> Touches { .thread(params.threadID, .write) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let thread = try session.loaded(params.threadID)
    let before = try session.snapshot(thread.id)
    let turn = before.history.plan.turns.firstIndex { $0.id == params.beforeTurnID }
    guard let turn else { throw RPCError.turnNotFound(params.beforeTurnID) }
    try context.commit()
    try session.changes.revert(thread.handle, before, before: turn, thread.settings)
    let expected = before.changed { $0.plan.turns.removeSubrange(turn...) }
    let snapshot = session.snapshot(thread.id, .lastPlaces, orAsExpected: expected)
    // For the client, the old thread is unloaded and the reverted one loaded.
    session.notifyStatus(.notLoaded, of: thread.id)
    session.notifyStatus(.idle, of: thread.id)
    var response = Response()
    response.thread = session.thread(snapshot)
    response.turnsBackwardsCursor = snapshot.lastTurnCursor?.text
    response.itemsBackwardsCursor = snapshot.lastItemCursor?.text
    return Reply.value(response).then("thread/reverted", thread.id)
  }
}
