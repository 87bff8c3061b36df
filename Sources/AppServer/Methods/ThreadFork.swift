import History
import JSON
import JSONRPC
import Protocol
import Rollouts
import Settings
import System

/// `thread/fork`: a new thread that has the turns of another, all of them or up to one.
enum ThreadFork: Method {
  static let name = "thread/fork"

  struct Params: WireObject {
    static let wireName = "ThreadForkParams"

    var threadID = ""
    /// The rollout; goes before `threadID`.
    var path: PathString?
    /// The last turn that the new thread has.
    var lastTurnID: String?
    /// The first turn that it does not have.
    var beforeTurnID: String?
    var overrides = ThreadOverrides()
    var ephemeral = false
    var excludeTurns = false
    var threadSource: String?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("path", &path)
      try field("lastTurnId", &lastTurnID, .newer)
      try field("beforeTurnId", &beforeTurnID, .newer)
      try overrides.fields(&field)
      try field("ephemeral", &ephemeral, [.defaulted, .newer])
      try field("excludeTurns", &excludeTurns, [.defaulted, .newer])
      try field("threadSource", &threadSource, .newer)
    }
  }

  typealias Response = ThreadSession

  static func touched(by params: Params, on server: Server) -> Touched {
    let parent = server.touched(path: params.path?.text, id: params.threadID, .read)
    return params.ephemeral ? parent : parent.and(.newThread)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    if params.lastTurnID != nil, params.beforeTurnID != nil { throw .bothTurnIDs }
    let place = try server.place(ofPath: params.path?.text, id: params.threadID)
    if server.loadedThreads[place.id]?.unstored != nil {
      throw .rolloutNotFound(place.id.description)
    }
    return try OpenedThread.open(place, on: server) { (parent, server) throws(RPCError) in
      let settings = try server.settings(
        for: params.overrides, of: .fork(of: parent.stored.recorded))
      let cut = try cut(parent, params)
      let fork = try Fork(parent, cut, settings, params, on: server)
      if params.ephemeral { return try answer(fork.inMemory(), fork, params, on: server) }
      return try fork.store(on: server) { (opened, server) throws(RPCError) in
        try answer(opened, fork, params, on: server)
      }
    }
  }

  /// The part of the parent's files that belongs to the new thread.
  private static func cut(_ parent: OpenedThread, _ params: Params) throws(RPCError) -> ThreadCut {
    guard let id = params.lastTurnID ?? params.beforeTurnID else { return try parent.wholeCut() }
    guard let turn = parent.stored.plan.turns.first(where: { $0.id == id }) else {
      throw .turnNotFound(id)
    }
    return try params.lastTurnID == nil ? parent.cut(before: turn) : parent.cut(behind: turn)
  }

  private static func answer(
    _ unstored: UnstoredThread, _ fork: Fork, _ params: Params, on server: Server
  ) throws(RPCError) -> Reply<Response> {
    let opened = try OpenedThread(unstored, on: server)
    return try answer(opened, fork, params, on: server, unstored)
  }

  private static func answer(
    _ opened: OpenedThread, _ fork: Fork, _ params: Params, on server: Server,
    _ unstored: UnstoredThread? = nil
  ) throws(RPCError) -> Reply<Response> {
    server.loadedThreads[opened.id] = LoadedThread(settings: fork.settings, unstored: unstored)
    if unstored == nil { fork.inheritName(on: server) }
    var started = ThreadStarted()
    started.thread = Protocol.Thread(
      opened, loaded: server.loadedThreads[opened.id], on: server)
    return ThreadResume.answer(
      opened, ThreadSession(started.thread, fork.settings), excludeTurns: params.excludeTurns,
      on: server
    ).then { server in server.outbox.notify(ThreadStarted.method, started) }
  }
}
