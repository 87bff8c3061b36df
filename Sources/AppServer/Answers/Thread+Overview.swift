import Changes
import History
import Library
import Platform
import Protocol
import Rollouts
import Settings

extension Session {
  /// Stored threads as clients see them, without their turns (PROTOCOL.md 4).
  func threads(_ overviews: [ThreadOverview]) -> [Protocol.Thread] {
    let names = library.store.names.names()
    reportLostNames()
    return overviews.map { thread($0, name: names[$0.id]) }
  }

  /// A thread as clients see it, without its turns.
  func thread(_ snapshot: ThreadSnapshot) -> Protocol.Thread {
    let name = library.store.names.name(of: snapshot.id)
    reportLostNames()
    return thread(library.overview(of: snapshot), name: name)
  }

  /// A thread as clients see it, without its turns.
  ///
  /// - Parameter name: The name of the thread in the session index; nil if it has none.
  private func thread(_ overview: ThreadOverview, name: String?) -> Protocol.Thread {
    var thread = Protocol.Thread(overview, modelProvider: settings.modelProvider)
    thread.name = name ?? thread.name
    guard let loaded = loadedThreads[overview.id] else { return thread }
    thread.apply(loaded)
    let isManagedAgent =
      overview.source.isSpawnedAgent && overview.summary.meta.multiAgentVersion == "v2"
    thread.canAcceptDirectInput = !isManagedAgent
    return thread
  }
}

extension Protocol.Thread {
  /// Creates a thread without its turns.
  ///
  /// - Parameter modelProvider: The provider of threads that record none.
  init(_ overview: ThreadOverview, modelProvider: String) {
    let summary = overview.summary
    let meta = summary.meta
    self.init()
    id = overview.id.description
    sessionID = meta.sessionID?.normalizedID ?? id
    forkedFromID = meta.forkedFromID?.normalizedID
    parentThreadID = meta.parentThreadID?.normalizedID
    preview = summary.preview
    historyMode = ThreadHistoryMode(rawValue: summary.generation.historyMode) ?? .legacy
    self.modelProvider = meta.modelProvider ?? modelProvider
    model = summary.recorded.model
    reasoningEffort = summary.recorded.reasoningEffort
    createdAt = overview.createdAt / 1000
    updatedAt = overview.updatedAt / 1000
    recencyAt = updatedAt
    path = overview.location.path.isEmpty ? nil : overview.location.path
    cwd = overview.cwd
    cliVersion = meta.cliVersion ?? ""
    originator = meta.originator
    source = overview.source
    threadSource = meta.threadSource
    agentNickname = meta.agentNickname
    agentRole = meta.agentRole
    gitInfo = summary.git.flatMap { $0.isEmpty ? nil : GitInfo($0) }
    name = summary.name
  }

  /// Replaces recorded values by those of the loaded thread.
  fileprivate mutating func apply(_ loaded: LoadedThread) {
    let settings = loaded.settings
    let draft = loaded.handle.draft
    status = .idle
    model = settings.model
    reasoningEffort = settings.reasoningEffort
    modelProvider = settings.threadModelProvider
    cwd = settings.cwd
    ephemeral = draft?.isEphemeral ?? false
    name = draft?.name ?? name
    environments = settings.environments
  }
}
