import JSON
package import Protocol
package import Rollouts
import System

/// What the files of a thread say of it, apart from its turns (ROLLOUTS.md 7).
package struct ThreadSummary: Sendable {
  /// From the first meta; every member may be missing.
  package var meta = SessionMeta()
  /// Of the last record that tells it: changes are appended as whole metas, or as events.
  package var git: GitState?
  /// In ms since 1970, from the first meta of this thread on the chain.
  package var createdAt: Int64?
  /// When the conversation last went on, in ms since 1970.
  package var updatedAt: Int64?
  /// Empty without a user's message.
  package var preview = ""
  /// Whether there is a user's message, rolled back or not: only then the thread is listed.
  package var hasUserMessage = false
  /// The last `thread_name_updated`.
  package var name: String?
  package var recorded = RecordedSettings()
  /// The last `turn_context`.
  package var lastContext: RecordLocation?
  package var generation = Generation.legacy
  /// Whether there was any record at all.
  package var isUsable = false
}

/// Something that finds out how young a thread is, among other things.
protocol SummaryVisitor: RecordVisitor {
  /// The last record that is part of the conversation.
  var lastConversation: RecordLocation? { get }
}

/// Takes from each record what it says of the thread; of two that say the same the later counts.
struct SummaryReader: SummaryVisitor {
  private(set) var summary = ThreadSummary()
  private(set) var lastConversation: RecordLocation?
  /// The last `turn_context`.
  private(set) var lastContext: RecordLocation?
  /// The last `thread_settings_applied`.
  private(set) var lastApplied: RecordLocation?
  private let id: UUID?

  init(meta: SessionMeta?, id: UUID?) {
    let meta = meta ?? SessionMeta()
    self.id = id ?? meta.id
    summary.meta = meta
    summary.recorded.metaModelProvider = meta.modelProvider
    summary.recorded.metaCwd = meta.cwd
    summary.recorded.workspaceRoots = meta.workspaceRoots
    summary.git = meta.git
    summary.generation = meta.generation
  }

  /// What was found, with a preview.
  func finished(
    preview: String, hasUserMessage: Bool, files: [File]
  ) throws(SystemError) -> ThreadSummary {
    var finished = summary
    finished.preview = preview
    finished.hasUserMessage = hasUserMessage
    finished.lastContext = lastContext
    if let last = lastConversation {
      finished.updatedAt = try RecordWindow.time(of: last, in: files)
    }
    return finished
  }

  func wants(_ kind: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool {
    switch kind {
    case .sessionMeta, .turnContext, .event(.threadSettingsApplied), .event(.threadNameUpdated),
      .event(.turnDiff):
      true
    default: false
    }
  }

  mutating func visit(_ record: Record) {
    visitUnwanted(record.kind, at: record.location)
    switch record.kind {
    case .sessionMeta: note(SessionMeta(record))
    case .turnContext:
      lastContext = record.location
      summary.recorded.note(turnContext: record.payload)
    case .event(.threadSettingsApplied):
      lastApplied = record.location
      summary.recorded.note(applied: record.payload, to: id)
    case .event(.threadNameUpdated): noteName(record.payload)
    case .event(.turnDiff): noteGit(record.payload)
    default: break
    }
  }

  mutating func visitUnwanted(_ kind: RecordKind, at location: RecordLocation) {
    summary.isUsable = true
    if kind.isConversation { lastConversation = location }
  }

  mutating func note(_ meta: SessionMeta, at location: RecordLocation) {
    visitUnwanted(.sessionMeta, at: location)
    note(meta)
  }

  /// Metas of other threads stand in a fork's file: they say nothing about the fork.
  private mutating func note(_ meta: SessionMeta) {
    guard meta.id == nil || meta.id == id || meta.id == summary.meta.id else { return }
    summary.git = meta.git ?? summary.git
    summary.createdAt = summary.createdAt ?? meta.createdAt ?? meta.writtenAt
  }

  private mutating func noteName(_ payload: JSONValue) {
    guard let name = payload.string("thread_name")?.trimmed, !name.isEmpty else { return }
    if tellsOfThread(payload) { summary.name = name }
  }

  /// All members are told at once: one that is not there was cleared.
  private mutating func noteGit(_ payload: JSONValue) {
    guard tellsOfThread(payload), let git = payload.present("reprise_git") else { return }
    summary.git = GitState(git) ?? summary.git
  }

  /// Whether an event tells of this thread: a fork holds those of its parent.
  private func tellsOfThread(_ payload: JSONValue) -> Bool {
    let named = payload.string("thread_id").flatMap { try? UUID($0) }
    return named == nil || named == id || named == summary.meta.id
  }
}
