import System

/// Where rollout files lie below a `CODEX_HOME`.
///
/// The home, `sessions` and `archived_sessions` may be symbolic links; links below them are not
/// followed. What is missing counts as empty.
package struct RolloutHome: Hashable, Sendable {
  /// The path of the home as it was given.
  package let path: String

  /// Creates a home from its path.
  package init(path: String) {
    self.path = path
  }

  /// Holds a folder per year, in that one per month, in that one per day.
  package var sessions: String { Path.join(path, "sessions") }
  /// Holds the files of archived threads, all in one folder.
  package var archivedSessions: String { Path.join(path, "archived_sessions") }
}
