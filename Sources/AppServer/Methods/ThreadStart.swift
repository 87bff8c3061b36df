import Changes
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts
import Settings

/// `thread/start`: creates a thread, whose file is created by the first write to it.
enum ThreadStart: Method {
  static let name = "thread/start"

  struct Params: WireObject {
    static let wireName = "ThreadStartParams"

    var overrides = ThreadOverrides()
    /// Whether the thread never gets a file; false if absent.
    var ephemeral: Bool?
    var threadSource: String?
    /// The environments in which commands of the thread run: this machine if absent, none if empty.
    var environments: [TurnEnvironmentParams]?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try overrides.fields(&field)
      try field("ephemeral", &ephemeral)
      try field("threadSource", &threadSource, .newer)
      try field("environments", &environments, .newer)
    }
  }

  typealias Response = ThreadResumeResponse

  static func touches(_ params: Params) -> Touches { .ownFiles }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let settings = try settings(params, session)
    let new = NewThread(
      originator: session.originator, baseInstructions: params.overrides.baseInstructions,
      threadSource: params.threadSource, isEphemeral: params.ephemeral == true)
    let draft = try session.changes.start(new, with: settings)
    let snapshot = try session.library.snapshot(of: draft)
    try context.commit()
    session.loadedThreads.add(
      LoadedThread(ThreadHandle(draft.id, draft: draft), settings: settings))
    var started = ThreadStarted()
    started.thread = session.thread(snapshot)
    return Reply.value(ThreadResumeResponse(started.thread, settings))
      .then(ThreadStarted.method, started)
  }
}

// Environments.
extension ThreadStart {
  private static func settings(
    _ params: Params, _ session: Session
  ) throws -> EffectiveSettings {
    guard let asked = params.environments else {
      return try session.settings(for: params.overrides, of: .new)
    }
    let environments = try environments(asked)
    var overrides = params.overrides
    overrides.runtimeWorkspaceRoots = environments.flatMap(\.runtimeWorkspaceRoots)
    var settings = try session.settings(for: overrides, of: .new)
    settings.environments = environments
    return settings
  }

  /// The environments of a thread. Only the local one exists, and it can be named once.
  private static func environments(
    _ asked: [TurnEnvironmentParams]
  ) throws(RPCError) -> [ThreadEnvironment] {
    var known: [ThreadEnvironment] = []
    for environment in asked {
      let id = environment.environmentID
      guard id == ThreadEnvironment.local else { throw .unknownEnvironment(id) }
      guard known.isEmpty else { throw .duplicateEnvironment(id) }
      guard RecordedPath(environment.cwd).isAbsolute else {
        throw .invalidEnvironmentDirectory(environment.cwd, of: id)
      }
      known.append(
        ThreadEnvironment(
          local: environment.cwd, roots: environment.runtimeWorkspaceRoots ?? [environment.cwd]))
    }
    return known
  }
}

/// An environment in which commands run, as a request describes it.
struct TurnEnvironmentParams: WireObject {
  var environmentID = ""
  var cwd = ""
  /// The workspace roots; `cwd` alone if absent.
  var runtimeWorkspaceRoots: [String]?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("environmentId", &environmentID)
    try field("cwd", &cwd)
    try field("runtimeWorkspaceRoots", &runtimeWorkspaceRoots)
  }
}
