import History
import JSON
import JSONRPC
import Protocol
import Rollouts
import System

/// `thread/revert`: takes a loaded thread back to where it was before a turn. A paginated thread
/// goes on in a new file that stands on the old one; in others a record says so.
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

    /// Without its turns.
    var thread = Protocol.Thread()
    var turnsBackwardsCursor: String?
    var itemsBackwardsCursor: String?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("thread", &thread)
      try field("turnsBackwardsCursor", &turnsBackwardsCursor)
      try field("itemsBackwardsCursor", &itemsBackwardsCursor)
    }
  }

  static func touched(by params: Params, on server: Server) -> Touched {
    .thread(params.threadID, .write)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let id = try UUID(threadID: params.threadID)
    guard server.loadedThreads[id] != nil else { throw .threadNotFound(id.description) }
    return try OpenedThread.open(toChange: id, on: server) { (opened, server) throws(RPCError) in
      let turns = opened.stored.plan.turns
      guard let turn = turns.firstIndex(where: { $0.id == params.beforeTurnID }) else {
        throw .turnNotFound(params.beforeTurnID)
      }
      if opened.stored.isPaginated {
        try opened.cut(before: turn, on: server)
      } else {
        try opened.rollBack(Int64(turns.count - turn), on: server)
      }
      return try OpenedThread.open(toChange: id, .lastPlaces, on: server) { (opened, server) in
        // What was loaded is gone; what is left is loaded in its place.
        server.tellStatus(.notLoaded, of: id)
        server.tellStatus(.idle, of: id)
        var response = Response()
        response.thread = Protocol.Thread(opened, loaded: server.loadedThreads[id], on: server)
        response.turnsBackwardsCursor = opened.lastTurnCursor?.text
        response.itemsBackwardsCursor = opened.lastItemCursor?.text
        return .now(response)
      }
    }.then("thread/reverted", id)
  }
}

extension OpenedThread {
  /// Goes on in a new segment that stands on what there was before a turn (ROLLOUTS.md 3.4).
  func cut(before turn: Int, on server: Server) throws(RPCError) {
    let writer = try server.writer(of: id)
    let cut = try cut(before: turn)
    let isEphemeral = server.loadedThreads[id]?.unstored != nil
    guard !isEphemeral, let base = server.base(cut) else {
      // No segment, or none that could say what it stands on.
      return try rollBack(Int64(stored.plan.turns.count - turn), on: server)
    }
    let now = WallClock.now()
    var records = RecordWriter(time: now, ordinal: base.endOrdinal)
    records.append("session_meta", try header(stored.git, on: base))
    if let settings = server.loadedThreads[id]?.settings {
      records.append("event_msg", settings.applied(to: id))
    }
    let path = server.store.path(for: segmentName(at: now), isArchived: place.isArchived)
    do throws(SystemError) {
      let file = try AtomicFile(path)
      try file.write(records.bytes.span.bytes)
      try file.publish()
    } catch {
      throw .unwritable(error)
    }
    server.loadedThreads[id]?.path = nil
    writer.forgetFile()
  }

  /// A name that sorts behind that of the head, whatever the clock says.
  private func segmentName(at now: Int64) -> RolloutName {
    var seconds = now / 1000
    let head = RolloutName(Path.lastComponent(of: place.path))
    if let head, head.secondID != nil, head.time >= LocalTime(unixSeconds: seconds) {
      seconds = head.time.unixSeconds + 1
    }
    return RolloutName(
      time: LocalTime(unixSeconds: seconds), thread: id, segment: UUID(version7At: now))
  }
}
