package import History
package import Platform
package import Protocol
import Rollouts
import Settings

/// A thread without its turns, as lists, searches and summaries show it.
package final class ThreadOverview: Sendable {
  /// The id and the file of the thread.
  package let location: ThreadLocation
  /// What was read of the thread's records.
  package let summary: ThreadSummary
  /// When the thread was created, in milliseconds since 1970: according to its header, else its id,
  /// else the name of its file (ROLLOUTS.md 7).
  package let createdAt: Int64
  /// When the last message of the thread was written, in milliseconds since 1970.
  package let updatedAt: Int64
  /// The absolute path of the thread's working directory.
  package let cwd: String
  /// The working directory in the form in which directories are compared.
  let normalizedCwd: String
  /// The source of the thread.
  package let source: SessionSource
  /// Why the thread's file cannot be read; nil if it was read. If set, the overview contains only
  /// what the file's name says, and its header if that can be read.
  package let unreadable: String?

  /// The id of the thread.
  package var id: UUID { location.id }

  /// Creates an overview.
  ///
  /// - Parameters:
  ///   - directory: The absolute path of the server's working directory, for relative paths in
  ///     records.
  ///   - unreadable: Why the thread's file cannot be read; nil if it was read.
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
  /// The summary as clients see it. The first message of the guardian is written by a program, so
  /// its thread gets a fixed name and preview.
  fileprivate func shown(of source: SessionSource) -> ThreadSummary {
    guard source.isGuardian else { return self }
    var shown = self
    shown.name = name ?? "Guardian review"
    shown.preview = "Approval review"
    return shown
  }
}
