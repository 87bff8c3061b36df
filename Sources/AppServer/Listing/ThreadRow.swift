import History
import Protocol
import Rollouts
import Settings
import System

/// A stored thread without its turns: all that lists, searches and summaries show of it.
final class ThreadRow: Sendable {
  let place: RolloutStore.Place
  let summary: ThreadSummary
  /// In ms since 1970: by its meta, else by its id, else by the name of its file (ROLLOUTS.md 7).
  let createdAt: Int64
  /// In ms since 1970.
  let updatedAt: Int64
  /// Where it works, absolute.
  let cwd: String
  /// The same for comparisons.
  let normalizedCwd: String
  let source: SessionSource
  /// Why nothing is known of it but what the name of its file says, and its header if that can be
  /// read; nil as a rule.
  let loss: String?

  var id: UUID { place.id }

  init(
    _ place: RolloutStore.Place, _ summary: ThreadSummary, serverDirectory: String,
    loss: String? = nil
  ) {
    self.loss = loss
    self.place = place
    source = SessionSource(summary.meta)
    self.summary = summary.shown(of: source)
    createdAt = summary.createdAt ?? place.id.timestamp ?? Self.nameTime(place.path) ?? 0
    updatedAt = summary.updatedAt ?? createdAt
    cwd = summary.recorded.directory(serverDirectory: serverDirectory)
    normalizedCwd = RecordedPath(cwd).normalized
  }

  /// The row of a thread whose files were read as a whole.
  convenience init(_ opened: OpenedThread, on server: Server) {
    self.init(
      opened.place, opened.stored.summary, serverDirectory: server.host.directory)
  }

  private static func nameTime(_ path: String) -> Int64? {
    RolloutName(Path.lastComponent(of: path)).map { $0.time.unixSeconds * 1000 }
  }
}

extension ThreadSummary {
  /// What people are shown: the guardian's first message is a program's and says nothing to them.
  fileprivate func shown(of source: SessionSource) -> ThreadSummary {
    guard source.isGuardian else { return self }
    var shown = self
    shown.name = name ?? "Guardian review"
    shown.preview = "Approval review"
    return shown
  }
}
