import History
import JSON
import JSONRPC
import Protocol
import Rollouts
import Settings
import System

/// `thread/resume`: opens a stored thread: the items of a given history, which become one, or a
/// rollout at a path, or the thread of an id; the first of these that is given (PROTOCOL.md 5).
enum ThreadResume: Method {
  static let name = "thread/resume"

  typealias Params = ThreadResumeParams
  typealias Response = ThreadSession

  static func touched(by params: Params, on server: Server) -> Touched {
    if params.history != nil { return .newThread }
    return server.touched(path: params.path?.text, id: params.threadID, .open)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    if let history = params.history {
      return try respond(to: params, withHistory: history, on: server)
    }
    // What stands further down in the order of PROTOCOL.md 5 is not looked at.
    try server.checkActive(params.path?.text)
    let place = try server.place(ofPath: params.path?.text, id: params.threadID)
    return try OpenedThread.open(place, part(for: params), on: server) {
      (opened, server) throws(RPCError) in
      let settings = try settings(of: opened, for: params, on: server)
      return try answer(opened, settings, for: params, on: server)
    }
  }

  private static func part(for params: Params) -> ThreadPart {
    guard params.excludeTurns else { return .whole }
    let page = params.initialTurnsPage.map { ThreadPart.page($0, from: nil) }
    return page.map { ThreadPart.lastPlaces.and($0) } ?? .lastPlaces
  }

  /// A loaded thread keeps the settings that it was loaded with, whatever a request names.
  private static func settings(
    of opened: OpenedThread, for params: Params, on server: Server
  ) throws(RPCError) -> EffectiveSettings {
    if let loaded = server.loadedThreads[opened.id] { return loaded.settings }
    return try server.settings(for: params.overrides, of: .stored(opened.stored.recorded))
  }

  private static func answer(
    _ opened: OpenedThread, _ settings: EffectiveSettings, for params: Params, on server: Server
  ) throws(RPCError) -> Reply<Response> {
    let page = try params.initialTurnsPage.map { (page) throws(RPCError) in
      try TurnPage(page, from: nil, of: opened)
    }
    let path = params.path?.text ?? ""
    server.load(opened.id, with: settings, from: path.isEmpty ? nil : opened.place.path)
    let thread = Protocol.Thread(opened, loaded: server.loadedThreads[opened.id], on: server)
    return answer(
      opened, ThreadSession(thread, settings), page: page, excludeTurns: params.excludeTurns,
      on: server)
  }

  /// What a thread was opened with, with its turns and what its tokens come to.
  static func answer(
    _ opened: OpenedThread, _ session: ThreadSession, page: TurnPage? = nil, excludeTurns: Bool,
    on server: Server
  ) -> Reply<Response> {
    var session = session
    if excludeTurns || opened.stored.generation.givesCursors {
      session.turnsBackwardsCursor = opened.lastTurnCursor?.text
      session.itemsBackwardsCursor = opened.lastItemCursor?.text
    }
    let writer = SessionWriter(
      session: session, page: page, includesTurns: !excludeTurns,
      turns: TurnWriter(opened, on: server))
    let reply = Reply<Response>.streamed { stream in writer.write(to: &stream) }
    guard !excludeTurns else { return reply }
    let usage = ThreadTokenUsageUpdated(opened)
    return reply.then { server in
      if let usage { server.outbox.notify(ThreadTokenUsageUpdated.method, usage) }
    }
  }
}

// A history.
extension ThreadResume {
  /// Histories of up to this many bytes are stored while others wait.
  private static let quickSize = 1 << 20

  private static func respond(
    to params: Params, withHistory history: ModelInput, on server: Server
  ) throws(RPCError) -> Reply<Response> {
    guard !history.isEmpty else { throw .emptyHistory }
    let settings = try server.settings(for: params.overrides, of: .new)
    let file = HistoryFile(
      history, settings: settings, instructions: params.overrides.baseInstructions, on: server)
    let finish = { (opened: OpenedThread, server: Server) throws(RPCError) -> Reply<Response> in
      try answer(opened, settings, for: params, on: server)
    }
    if history.text.count <= quickSize {
      return try finish(file.open(), server)
    }
    return .later({ (_) throws(RPCError) in try file.open() }, then: finish)
  }
}
