import JSON
import Platform
package import Protocol
package import Rollouts

/// A summary of a thread: what its files report apart from its turns (ROLLOUTS.md 7).
package struct ThreadSummary: Sendable {
  /// The header of the thread's newest file; each of its members may be missing.
  package var meta = SessionMeta()
  /// The state in Git that the last header or event reports; nil where none does.
  package var git: GitState?
  /// When the thread was made, in ms since 1970, by the first header of this thread in the chain;
  /// nil where none is recorded.
  package var createdAt: Int64?
  /// When the last record of the conversation was written, in ms since 1970; nil without such a
  /// record.
  package var updatedAt: Int64?
  /// The text that lists show; empty without a message of the user.
  package var preview = ""
  /// Whether there is a message of the user, rolled back or not. Other threads are not listed.
  package var hasUserMessage = false
  /// The name in the last `thread_name_updated`; nil where there is none.
  package var name: String?
  /// The settings that the records hold.
  package var recorded = RecordedSettings()
  /// The last `turn_context`; nil where there is none.
  package var lastContext: RecordLocation?
  /// The form of the thread's newest file.
  package var generation = Generation.legacy
  /// Whether the files hold any record.
  package var isUsable = false
}

/// A visitor that notes the last record of the conversation, among other things.
protocol SummaryVisitor: RecordVisitor {
  /// The last record that is part of the conversation; nil where there is none.
  var lastConversation: RecordLocation? { get }
}

/// Reads the records of a thread into a summary. Of two records that report one thing the later one
/// counts.
struct SummaryReader: SummaryVisitor {
  /// The summary so far, without the preview and the time of the last change.
  private(set) var summary = ThreadSummary()
  private(set) var lastConversation: RecordLocation?
  /// The last `turn_context`; nil where there is none.
  private(set) var lastContext: RecordLocation?
  /// The last `thread_settings_applied`; nil where there is none.
  private(set) var lastApplied: RecordLocation?
  private let id: UUID?

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - meta: The thread's header; nil where it cannot be read.
  ///   - id: The id by which the files were found.
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

  /// The summary with a preview and the time of the last change.
  ///
  /// - Throws: The error of the file that cannot be read.
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

  /// Notes a header that was read before.
  mutating func note(_ meta: SessionMeta, at location: RecordLocation) {
    visitUnwanted(.sessionMeta, at: location)
    note(meta)
  }

  /// Notes a header. In a fork's file there are headers of other threads, which say nothing about
  /// the fork.
  private mutating func note(_ meta: SessionMeta) {
    guard meta.id == nil || meta.id == id || meta.id == summary.meta.id else { return }
    summary.git = meta.git ?? summary.git
    summary.createdAt = summary.createdAt ?? meta.createdAt ?? meta.writtenAt
  }

  private mutating func noteName(_ payload: JSONValue) {
    guard let name = payload.string("thread_name")?.trimmed, !name.isEmpty else { return }
    if tellsOfThread(payload) { summary.name = name }
  }

  /// Notes a state in Git. The event holds all members: a missing one was cleared.
  private mutating func noteGit(_ payload: JSONValue) {
    guard tellsOfThread(payload), let git = payload.present("reprise_git") else { return }
    summary.git = GitState(git) ?? summary.git
  }

  /// Whether an event is about this thread: a fork's file holds events of its parent.
  private func tellsOfThread(_ payload: JSONValue) -> Bool {
    let named = payload.string("thread_id").flatMap { try? UUID($0) }
    return named == nil || named == id || named == summary.meta.id
  }
}
