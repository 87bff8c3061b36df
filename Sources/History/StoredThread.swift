import JSON
package import Protocol
package import Rollouts
package import System

/// What the files of a thread say of it, its turns as a plan (ROLLOUTS.md 7).
package struct StoredThread: Sendable {
  /// From the first meta; every member may be missing.
  package var meta = SessionMeta()
  /// Of the last meta of this thread: changes of it are appended as whole metas.
  package var git: GitState?
  /// In ms since 1970, from the first meta of this thread on the chain.
  package var createdAt: Int64?
  /// When the conversation last went on, in ms since 1970.
  package var updatedAt: Int64?
  /// Empty without a user's message.
  package var preview = ""
  /// The last `thread_name_updated`.
  package var name: String?
  package var recorded = RecordedSettings()
  package var plan = HistoryPlan()
  package var isPaginated = false
  /// Whether there was any record at all.
  package var isUsable = false
}

extension StoredThread {
  /// Reads a thread from its files, once, from the beginning to the end.
  ///
  /// - Parameter id: The thread's, as its files were found by it.
  /// - Throws: When a file cannot be read.
  package init(_ chain: RolloutChain, id: UUID?) throws(SystemError) {
    var reader = ThreadReader(meta: chain.meta, id: id)
    try chain.read(&reader)
    self = reader.thread
    plan = reader.planner.finished()
    if meta.cwd == nil, let cwd = recorded.firstContextCwd { plan.directories[0] = cwd }
    plan.damage = reader.damage
    plan.damageCount = reader.damageCount
    preview = reader.planner.preview.text
    if let last = reader.lastConversation {
      updatedAt = try RecordWindow.time(of: last, in: chain.files)
    }
  }
}

/// Takes from each record what it says of the thread, and hands it to the planner of the turns.
private struct ThreadReader: RecordVisitor {
  var thread = StoredThread()
  var planner: TurnPlanner
  var lastConversation: RecordLocation?
  var damage: [Damage] = []
  var damageCount = 0
  private let id: UUID?

  init(meta: SessionMeta?, id: UUID?) {
    let meta = meta ?? SessionMeta()
    self.id = id ?? meta.id
    thread.meta = meta
    thread.recorded.metaModelProvider = meta.modelProvider
    thread.recorded.metaCwd = meta.cwd
    thread.git = meta.git
    thread.isPaginated = meta.isPaginated
    planner = TurnPlanner(isPaginated: meta.isPaginated, threadDirectory: meta.cwd ?? "")
  }

  func wants(_ kind: RecordKind, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch kind {
    case .sessionMeta, .turnContext, .event, .responseItem(.functionCall),
      .responseItem(.functionCallOutput), .responseItem(.customToolCall),
      .responseItem(.customToolCallOutput), .responseItem(.localShellCall),
      .responseItem(.webSearchCall), .responseItem(.imageGenerationCall):
      true
    case .responseItem(.message): planner.isRebuilding || text.contains("<hook_prompt")
    case .responseItem(.reasoning): planner.isRebuilding
    case .compacted: planner.isRebuilding && planner.turns.isEmpty
    case .responseItem(.other), .unknown: false
    }
  }

  mutating func glance(
    _ kind: RecordKind, _ payload: JSONMembers, at location: RecordLocation
  ) -> Bool {
    guard planner.glance(kind, payload, at: location) else { return false }
    pass(kind, at: location)
    return true
  }

  mutating func visit(_ record: Record) {
    pass(record.kind, at: record.location)
    switch record.kind {
    case .sessionMeta: note(SessionMeta(record))
    case .turnContext: thread.recorded.note(turnContext: record.payload)
    case .event(.threadSettingsApplied):
      thread.recorded.note(applied: record.payload, to: id)
    case .event(.threadNameUpdated): noteName(record.payload)
    default: break
    }
    planner.add(record)
  }

  mutating func pass(_ kind: RecordKind, at location: RecordLocation) {
    thread.isUsable = true
    if kind.isConversation { lastConversation = location }
  }

  mutating func skip(_ damage: Damage) {
    damageCount += 1
    if self.damage.count < HistoryPlan.damageLimit { self.damage.append(damage) }
  }

  /// Metas of other threads stand in a fork's file: they say nothing about the fork.
  private mutating func note(_ meta: SessionMeta) {
    guard meta.id == nil || meta.id == id || meta.id == thread.meta.id else { return }
    thread.git = meta.git ?? thread.git
    thread.createdAt = thread.createdAt ?? meta.createdAt ?? meta.writtenAt
  }

  private mutating func noteName(_ payload: JSONValue) {
    guard let name = payload.string("thread_name")?.trimmed, !name.isEmpty else { return }
    let named = payload.string("thread_id").flatMap { try? UUID($0) }
    if named == nil || named == id || named == thread.meta.id { thread.name = name }
  }
}

extension SessionMeta {
  /// Whether completed items are the source of messages. A mode from the future counts by whether
  /// its records have ordinals (ROLLOUTS.md 5).
  package var isPaginated: Bool {
    switch historyMode {
    case nil, "legacy": false
    case "paginated": true
    default: hasOrdinal
    }
  }
}
