import History
import JSON
import JSONRPC
import Protocol
import Rollouts
import System

/// `thread/rollback`: drops the last turns of a loaded thread. Nothing is removed: a record says so,
/// or a new segment begins before them.
enum ThreadRollback: Method {
  static let name = "thread/rollback"

  struct Params: WireObject {
    static let wireName = "ThreadRollbackParams"

    var threadID = ""
    /// At least 1; too many take all.
    var numTurns: UInt32 = 0

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("numTurns", &numTurns)
    }
  }

  typealias Response = ThreadRead.Response

  static func touched(by params: Params, on server: Server) -> Touched {
    .thread(params.threadID, .write)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let id = try UUID(threadID: params.threadID)
    guard server.loadedThreads[id] != nil else { throw .threadNotFound(id.description) }
    guard params.numTurns >= 1 else { throw .tooFewTurns }
    return try OpenedThread.open(toChange: id, on: server) { (opened, server) throws(RPCError) in
      let count = min(Int(params.numTurns), opened.stored.plan.turns.count)
      if opened.stored.generation.refersToFiles, count > 0 {
        try opened.cut(before: opened.stored.plan.turns.count - count, on: server)
      } else {
        try opened.rollBack(Int64(params.numTurns), on: server)
      }
      return try OpenedThread.open(toChange: id, on: server) { (opened, server) in
        ThreadRead.answer(opened, on: server)
      }
    }
  }
}

extension OpenedThread {
  /// Drops the last turns by a record.
  func rollBack(_ count: Int64, on server: Server) throws(RPCError) {
    try server.writer(of: id).append(on: server) { records in
      records.append(
        "event_msg", [("type", RawJSON("thread_rolled_back")), ("num_turns", RawJSON(count))])
    }
  }
}
