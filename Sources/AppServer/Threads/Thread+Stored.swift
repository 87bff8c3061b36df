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
    sessionID = meta.sessionID?.normalizedID ?? id
    forkedFromID = meta.forkedFromID?.normalizedID
    parentThreadID = meta.parentThreadID?.normalizedID
    preview = summary.preview
    historyMode = ThreadHistoryMode(rawValue: summary.generation.historyMode) ?? .legacy
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
    if let loaded {
      apply(loaded)
      canAcceptDirectInput = !(source.isSpawnedAgent && meta.multiAgentVersion == "v2")
    }
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
    environments = settings.environments
  }
}

extension String {
  /// The id in the form in which ids are sent: lower case, with dashes. Nil for a text that is no
  /// UUID.
  var normalizedID: String? { (try? UUID(self))?.description }
}
