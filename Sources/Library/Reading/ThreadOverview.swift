package import History
package import Platform
package import Protocol
import Rollouts
import Settings

/// A thread without its turns: all that lists, searches and summaries show of it.
package final class ThreadOverview: Sendable {
  package let location: ThreadLocation
  package let summary: ThreadSummary
  /// In ms since 1970: by the thread's header, else by its id, else by the name of its file
  /// (ROLLOUTS.md 7).
  package let createdAt: Int64
  /// When the conversation last went on, in ms since 1970.
  package let updatedAt: Int64
  /// The directory that the thread works in, absolute.
  package let cwd: String
  /// The directory in the form in which directories are compared.
  let normalizedCwd: String
  package let source: SessionSource
  /// Why the file cannot be read; nil as a rule. Then only the name of the file tells of the thread,
  /// and its header if that can be read.
  package let unreadable: String?

  package var id: UUID { location.id }

  /// - Parameters:
  ///   - directory: The server's, which relative paths count from.
  init(
    _ location: ThreadLocation, _ summary: ThreadSummary, directory: String,
    unreadable: String? = nil
  ) {
    self.unreadable = unreadable
    self.location = location
    source = SessionSource(summary.meta)
    self.summary = summary.shown(of: source)
    createdAt =
      summary.createdAt ?? location.id.timestamp ?? Self.nameTime(location.path) ?? 0
    updatedAt = summary.updatedAt ?? createdAt
    cwd = summary.recorded.directory(serverDirectory: directory)
    normalizedCwd = RecordedPath(cwd).normalized
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
