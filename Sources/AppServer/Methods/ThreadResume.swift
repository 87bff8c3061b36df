import Changes
import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts
import Settings

/// `thread/resume`: loads a thread: from a history in the request, which is stored first, else by a
/// path, else by an id (PROTOCOL.md 5).
enum ThreadResume: Method {
  static let name = "thread/resume"

  typealias Params = ThreadResumeParams
  typealias Response = ThreadResumeResponse

  static func touches(_ params: Params) -> Touches {
    if params.history != nil { return .newThread }
    return .thread(path: params.path?.text, id: params.threadID, .open)
  }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    if let history = params.history { return try respond(to: params, history, context) }
    // Params of lower precedence are ignored (PROTOCOL.md 5).
    let session = context.session
    let found = try session.find(path: params.path?.text, id: params.threadID, toLoad: true)
    try context.touch(found.location.id, .open)
    let snapshot = try session.snapshot(of: found, scope(params))
    // A loaded thread keeps the settings that it was loaded with, whatever a request names.
    let settings =
      try session.loadedThreads[snapshot.id]?.settings
      ?? session.settings(for: params.overrides, of: .stored(snapshot.history.recorded))
    return try answer(snapshot, settings, params, context)
  }

  private static func scope(_ params: Params) -> ReadScope {
    guard params.excludeTurns else { return .whole }
    let page = params.initialTurnsPage.map { ReadScope.turns(PageRequest($0)) }
    return page.map(ReadScope.lastPlaces.and) ?? .lastPlaces
  }

  /// Creates a thread from a history in the request.
  private static func respond(
    to params: Params, _ history: ModelInput, _ context: RequestContext
  ) throws -> Reply<Response> {
    guard !history.isEmpty else { throw RPCError.emptyHistory }
    let session = context.session
    let settings = try session.settings(for: params.overrides, of: .new)
    let new = NewThread(
      originator: session.originator, baseInstructions: params.overrides.baseInstructions)
    try context.commit()
    let snapshot = try session.changes.importHistory(history, new, with: settings)
    return try answer(snapshot, settings, params, context)
  }

  private static func answer(
    _ snapshot: ThreadSnapshot, _ settings: EffectiveSettings, _ params: Params,
    _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let page = try params.initialTurnsPage.map {
      try TurnPage(PageRequest($0), showing: $0.itemsView, of: snapshot)
    }
    try context.commit()
    let path = params.path?.text ?? ""
    session.load(snapshot.id, with: settings, from: path.isEmpty ? nil : snapshot.location.path)
    return session.answer(
      snapshot, ThreadResumeResponse(session.thread(snapshot), settings), page: page,
      excludeTurns: params.excludeTurns)
  }
}
