import Changes
import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts
import Settings

/// `thread/fork`: creates a thread with all turns of another thread, or with those up to a given
/// turn.
enum ThreadFork: Method {
  static let name = "thread/fork"

  struct Params: WireObject {
    static let wireName = "ThreadForkParams"

    var threadID = ""
    /// The path of a file of the parent, which has precedence over `threadID`.
    var path: PathString?
    /// The id of the last turn that the fork contains.
    var lastTurnID: String?
    /// The id of the first turn that the fork does not contain.
    var beforeTurnID: String?
    var overrides = ThreadOverrides()
    /// Whether the fork never gets a file.
    var ephemeral = false
    /// Whether the answer contains no turns.
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

  typealias Response = ThreadResumeResponse

  static func touches(_ params: Params) -> Touches {
    let parent = Touches.thread(path: params.path?.text, id: params.threadID, .read)
    return params.ephemeral ? parent : parent.and(.newThread)
  }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    if params.lastTurnID != nil, params.beforeTurnID != nil { throw RPCError.bothTurnIDs }
    let session = context.session
    let found = try session.find(path: params.path?.text, id: params.threadID)
    guard session.loadedThreads[found.location.id]?.handle.draft == nil else {
      throw RPCError.rolloutNotFound(found.location.id)
    }
    try context.touch(found.location.id, .read)
    let parent = try session.snapshot(of: found)
    let request = try request(params, of: parent, session)
    try context.commit()
    guard params.ephemeral else {
      let snapshot = try session.changes.fork(parent, request)
      return answer(snapshot, ThreadHandle(snapshot.id), request, params, session)
    }
    let draft = try session.changes.forkInMemory(parent, request)
    let snapshot = try session.library.snapshot(of: draft)
    return answer(snapshot, ThreadHandle(draft.id, draft: draft), request, params, session)
  }

  private static func request(
    _ params: Params, of parent: ThreadSnapshot, _ session: Session
  ) throws -> ForkRequest {
    let origin = ThreadOrigin.fork(of: parent.history.recorded)
    let settings = try session.settings(for: params.overrides, of: origin)
    let prefix = try prefix(of: parent, params)
    let new = NewThread(
      originator: session.originator, baseInstructions: params.overrides.baseInstructions,
      threadSource: params.threadSource, isEphemeral: params.ephemeral)
    return ForkRequest(
      new, prefix: prefix, settings: settings,
      impliedSettings: try session.settings(for: ThreadOverrides(), of: origin),
      name: session.library.store.names.name(of: parent.id) ?? parent.history.name)
  }

  /// The part of the parent that the fork contains.
  private static func prefix(
    of parent: ThreadSnapshot, _ params: Params
  ) throws -> HistoryPrefix {
    guard let id = params.lastTurnID ?? params.beforeTurnID else {
      return try parent.wholePrefix()
    }
    guard let turn = parent.history.plan.turns.first(where: { $0.id == id }) else {
      throw RPCError.turnNotFound(id)
    }
    return try params.lastTurnID == nil
      ? parent.prefix(before: turn) : parent.prefix(through: turn)
  }

  private static func answer(
    _ snapshot: ThreadSnapshot, _ handle: ThreadHandle, _ request: ForkRequest, _ params: Params,
    _ session: Session
  ) -> Reply<Response> {
    session.loadedThreads.add(LoadedThread(handle, settings: request.settings))
    var started = ThreadStarted()
    started.thread = session.thread(snapshot)
    return session.answer(
      snapshot, ThreadResumeResponse(started.thread, request.settings),
      excludeTurns: params.excludeTurns
    ).then(ThreadStarted.method, started)
  }
}
