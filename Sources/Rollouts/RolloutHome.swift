import Platform

/// The folders of rollout files below a `CODEX_HOME`.
///
/// The home, `sessions` and `archived_sessions` may be symbolic links; links below them are not
/// followed. Missing folders count as empty.
package struct RolloutHome: Hashable, Sendable {
  /// The path of the home as it was given.
  package let path: String

  /// Creates a home from its path.
  package init(path: String) {
    self.path = path
  }

  /// The folder of active threads, with a folder for each year, month and day.
  package var sessions: String { Path.join(path, "sessions") }
  /// The folder of all files of archived threads.
  package var archivedSessions: String { Path.join(path, "archived_sessions") }
}
