import History
import JSON
import Protocol
import Rollouts
import Settings
import System

extension Protocol.Thread {
  /// A stored thread as clients see it, without its turns (PROTOCOL.md 4).
  ///
  /// - Parameters:
  ///   - name: What the index calls it.
  ///   - loaded: What is known of it while it is loaded.
  init(_ row: ThreadRow, name: String?, loaded: LoadedThread?, on server: Server) {
    let summary = row.summary
    let meta = summary.meta
    self.init()
    id = row.id.description
    sessionID = meta.sessionID ?? id
    forkedFromID = meta.forkedFromID
    parentThreadID = meta.parentThreadID
    preview = summary.preview
    historyMode = summary.isPaginated ? .paginated : .legacy
    modelProvider = meta.modelProvider ?? server.settings.modelProvider
    model = summary.recorded.model
    reasoningEffort = summary.recorded.reasoningEffort
    createdAt = row.createdAt / 1000
    updatedAt = row.updatedAt / 1000
    recencyAt = updatedAt
    path = row.place.path.isEmpty ? nil : row.place.path
    cwd = row.cwd
    cliVersion = meta.cliVersion ?? ""
    originator = meta.originator
    source = row.source
    threadSource = meta.threadSource
    agentNickname = meta.agentNickname
    agentRole = meta.agentRole
    gitInfo = summary.git.flatMap { $0.isEmpty ? nil : GitInfo($0) }
    self.name = name ?? summary.name
    if let loaded { apply(loaded) }
  }

  /// The same of one whose files were read as a whole.
  init(_ opened: OpenedThread, loaded: LoadedThread?, on server: Server) {
    self.init(
      ThreadRow(opened, on: server), name: server.store.names.name(of: opened.id), loaded: loaded,
      on: server)
  }

  private mutating func apply(_ loaded: LoadedThread) {
    let settings = loaded.settings
    status = .idle
    model = settings.model
    reasoningEffort = settings.reasoningEffort
    modelProvider = settings.threadModelProvider
    cwd = settings.cwd
    ephemeral = loaded.unstored?.isEphemeral ?? false
    name = loaded.unstored?.name ?? name
    canAcceptDirectInput = true
    var environment = ThreadEnvironment()
    environment.environmentID = "local"
    environment.cwd = settings.cwd
    environment.runtimeWorkspaceRoots = [settings.cwd]
    environments = [environment]
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
