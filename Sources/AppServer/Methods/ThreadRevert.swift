import History
import JSON
import JSONRPC
import Protocol
import Rollouts
import Settings
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
      if opened.stored.generation.refersToFiles {
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
    let cut = try cut(before: stored.plan.turns[turn])
    let isEphemeral = server.loadedThreads[id]?.unstored != nil
    let base = server.base(cut)
    guard !isEphemeral, base != nil || cut.isAtBeginning else {
      // No segment, or none that could say what it stands on.
      return try rollBack(Int64(stored.plan.turns.count - turn), on: server)
    }
    let settings = server.loadedThreads[id]?.settings
    try store(segment(on: cut.isAtBeginning ? nil : base, settings), on: server)
    server.loadedThreads[id]?.path = nil
    writer.forgetFile()
  }

  /// The records with which a new segment begins.
  ///
  /// - Parameter base: Nil where nothing comes before it.
  private func segment(
    on base: HistoryBase?, _ settings: EffectiveSettings?
  ) throws(RPCError) -> RecordWriter {
    let start = base?.endOrdinal ?? 0
    var header = try completeHeader()
    header["id"] = header["id"] ?? RawJSON(id.description)
    header["cli_version"] = RawJSON(Version.inUserAgent)
    header["git"] = stored.git?.recorded
    header["history_base"] = base?.recorded
    if let forked = stored.meta.forkedFromOrdinal {
      // Of a fork's parent no more belongs to it than what stands before the cut.
      header["forked_from_ordinal_exclusive"] = RawJSON(min(forked, start))
    }
    var records = RecordWriter(time: WallClock.now(), ordinal: start)
    records.append("session_meta", header.members)
    if let settings { records.append("event_msg", settings.applied(to: id)) }
    return records
  }

  private func store(_ segment: RecordWriter, on server: Server) throws(RPCError) {
    let path = server.store.path(for: segmentName(), isArchived: place.isArchived)
    do throws(SystemError) {
      let file = try AtomicFile(path)
      try file.write(segment.bytes.span.bytes)
      try file.publish()
    } catch {
      throw .unwritable(error)
    }
  }

  /// A name that sorts behind the head's by its id and by its time, even if the clock was set back.
  private func segmentName() -> RolloutName {
    let now = WallClock.now()
    var time = LocalTime(unixSeconds: now / 1000)
    var segment = UUID(version7At: now)
    if let head = RolloutName(Path.lastComponent(of: place.path)), let last = head.secondID {
      time = max(time, head.time)
      if last.timestamp != nil, segment < last { segment = last.successor }
    }
    return RolloutName(time: time, thread: id, segment: segment)
  }
}
