import History
import JSON
import Protocol
import Rollouts
import Settings
import System

extension Protocol.Thread {
  /// A stored thread as clients see it, without its turns (PROTOCOL.md 4).
  ///
  /// - Parameter loaded: What is known of it while it is loaded.
  init(_ opened: OpenedThread, loaded: LoadedThread?, on server: Server) {
    let stored = opened.stored
    let meta = stored.meta
    self.init()
    id = opened.id.description
    sessionID = meta.sessionID ?? id
    forkedFromID = meta.forkedFromID
    parentThreadID = meta.parentThreadID
    preview = stored.preview
    historyMode = stored.isPaginated ? .paginated : .legacy
    modelProvider = meta.modelProvider ?? server.settings.modelProvider
    model = stored.recorded.model
    reasoningEffort = stored.recorded.reasoningEffort
    createdAt = opened.createdAt / 1000
    updatedAt = (stored.updatedAt ?? opened.createdAt) / 1000
    recencyAt = updatedAt
    path = opened.place.path
    cwd = stored.recorded.directory(serverDirectory: server.host.directory)
    cliVersion = meta.cliVersion ?? ""
    originator = meta.originator
    source = SessionSource(meta)
    threadSource = meta.threadSource
    agentNickname = meta.agentNickname
    agentRole = meta.agentRole
    gitInfo = stored.git.map { GitInfo($0) }
    name = server.store.names.name(of: opened.id) ?? stored.name
    if let loaded { apply(loaded) }
  }

  private mutating func apply(_ loaded: LoadedThread) {
    let settings = loaded.settings
    status = .idle
    model = settings.model
    reasoningEffort = settings.reasoningEffort
    modelProvider = settings.threadModelProvider
    cwd = settings.cwd
    canAcceptDirectInput = true
    var environment = ThreadEnvironment()
    environment.environmentID = "local"
    environment.cwd = settings.cwd
    environment.runtimeWorkspaceRoots = [settings.cwd]
    environments = [environment]
  }
}

extension OpenedThread {
  /// When the thread was created, in ms since 1970: by its meta, else by its id, else by the name of
  /// its file (ROLLOUTS.md 7).
  var createdAt: Int64 {
    stored.createdAt ?? id.timestamp ?? nameTime ?? 0
  }

  private var nameTime: Int64? {
    RolloutName(Path.lastComponent(of: place.path)).map { $0.time.unixSeconds * 1000 }
  }
}

extension SessionSource {
  /// What kind of program made the thread, in the wire's words (PROTOCOL.md 4).
  init(_ meta: SessionMeta) {
    guard let source = meta.source else {
      self = .vscode
      return
    }
    let known = try? withJSON(source.bytes) { (json) throws(JSONError) in SessionSource(json) }
    self = known ?? .unknown
  }

  private init(_ json: JSONValue) {
    if let agent = json["subagent"] {
      self = .subAgent(agent.isKindOfAgent ? RawJSON(agent) : .other(agent.asString))
    } else if let custom = json.string("custom") {
      self = .custom(custom)
    } else {
      switch json.asString {
      case "cli": self = .cli
      case "vscode": self = .vscode
      case "exec": self = .exec
      case "mcp", "appServer": self = .appServer
      default: self = .unknown
      }
    }
  }
}

extension JSONValue {
  /// Whether this is one of the shapes that clients know for a kind of subagent; anything else
  /// would spoil the whole answer for them.
  fileprivate var isKindOfAgent: Bool {
    if let name = asString { return ["review", "compact", "memory_consolidation"].contains(name) }
    if let spawn = self["thread_spawn"] {
      return spawn["depth"]?.asInteger.flatMap(Int32.init(exactly:)) != nil
        && spawn.string("parent_thread_id") != nil
    }
    return string("other") != nil
  }
}

extension RawJSON {
  /// A kind of subagent that no client knows.
  fileprivate static func other(_ name: String?) -> RawJSON {
    RawJSON(WireMap([(name: "other", value: RawJSON(name ?? "unknown"))]))
  }
}

extension GitInfo {
  fileprivate init(_ state: GitState) {
    self.init()
    sha = state.commitHash
    branch = state.branch
    originURL = state.repositoryURL
  }
}
