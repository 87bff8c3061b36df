import Changes
import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts

/// `thread/rollback`: drops the last turns of a loaded thread. Their records are kept: a new record
/// drops the turns, or a new segment begins before them.
enum ThreadRollback: Method {
  static let name = "thread/rollback"

  struct Params: WireObject {
    static let wireName = "ThreadRollbackParams"

    var threadID = ""
    /// The number of turns, at least 1. A number that is too large drops all turns.
    var numTurns: UInt32 = 0

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("numTurns", &numTurns)
    }
  }

  typealias Response = ThreadResponse

  static func touches(_ params: Params) -> Touches { .thread(params.threadID, .write) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let thread = try session.loaded(params.threadID)
    guard params.numTurns >= 1 else { throw RPCError.tooFewTurns }
    let before = try session.snapshot(thread.id)
    try context.commit()
    try session.changes.rollBack(
      thread.handle, before, turns: Int(params.numTurns), thread.settings)
    let expected = before.changed { history in
      history.plan.turns.removeLast(min(Int(params.numTurns), history.plan.turns.count))
    }
    return session.answerWithTurns(session.snapshot(thread.id, orAsExpected: expected))
  }
}
