import JSON
import JSONRPC
import Protocol
import Rollouts
import Settings
import System

/// `thread/start`: a new thread, whose file is made by the first write to it.
enum ThreadStart: Method {
  static let name = "thread/start"

  struct Params: WireObject {
    static let wireName = "ThreadStartParams"

    var overrides = ThreadOverrides()
    /// Whether the thread never gets a file.
    var ephemeral: Bool?
    var threadSource: String?
    /// Where commands of the thread run: nil means this machine, an empty list that none can run.
    var environments: [TurnEnvironmentParams]?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try overrides.fields(&field)
      try field("ephemeral", &ephemeral)
      try field("threadSource", &threadSource, .newer)
      try field("environments", &environments, .newer)
    }
  }

  typealias Response = ThreadSession

  static func touched(by params: Params, on server: Server) -> Touched {
    .nothing
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let settings = try settings(for: params, on: server)
    let now = WallClock.now()
    var meta = NewSessionMeta(id: UUID(version7At: now), time: now)
    meta.take(settings, of: server)
    meta.baseInstructions = params.overrides.baseInstructions.map {
      NewSessionMeta.instructions($0)
    }
    meta.threadSource = params.threadSource
    let name = RolloutName(time: LocalTime(unixSeconds: now / 1000), thread: meta.id)
    let unstored = try UnstoredThread(
      meta, settings, path: params.ephemeral == true ? nil : server.store.path(for: name))
    let opened = try OpenedThread(unstored, on: server)
    let loaded = LoadedThread(settings: settings, unstored: unstored)
    server.loadedThreads[meta.id] = loaded
    var started = ThreadStarted()
    started.thread = Protocol.Thread(opened, loaded: loaded, on: server)
    return .now(ThreadSession(started.thread, settings)).then { server in
      server.outbox.notify(ThreadStarted.method, started)
    }
  }
}

// Environments.
extension ThreadStart {
  private static func settings(
    for params: Params, on server: Server
  ) throws(RPCError) -> EffectiveSettings {
    guard let asked = params.environments else {
      return try server.settings(for: params.overrides, of: .new)
    }
    let environments = try environments(asked)
    var overrides = params.overrides
    overrides.runtimeWorkspaceRoots = environments.flatMap(\.runtimeWorkspaceRoots)
    var settings = try server.settings(for: overrides, of: .new)
    settings.environments = environments
    return settings
  }

  /// The environments as a thread has them; there is one, and it can be named once.
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

/// Where commands are to run, as a request says it.
struct TurnEnvironmentParams: WireObject {
  var environmentID = ""
  var cwd = ""
  /// The directories that belong to the work; nil means `cwd` alone.
  var runtimeWorkspaceRoots: [String]?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("environmentId", &environmentID)
    try field("cwd", &cwd)
    try field("runtimeWorkspaceRoots", &runtimeWorkspaceRoots)
  }
}

extension NewSessionMeta {
  /// What every header says that is made here.
  mutating func take(_ settings: EffectiveSettings, of server: Server) {
    cwd = settings.cwd
    runtimeWorkspaceRoots = settings.runtimeWorkspaceRoots
    originator = server.originator
    cliVersion = Version.inUserAgent
    modelProvider = settings.modelProvider
  }
}
