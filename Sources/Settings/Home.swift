internal import System

/// The directory of threads and config.
package enum Home {
  /// `$CODEX_HOME`, or `~/.codex` where it is not set or empty; absolute, symbolic links kept.
  package static func locate() -> String {
    let named = Environment.value("CODEX_HOME") ?? ""
    return absolute(named.isEmpty ? Path.expandTilde("~/.codex") : named, from: Path.current)
  }
}

/// A path as people write it, made absolute and normal by its text alone: `~` is the user's home,
/// and empty is `directory` itself.
func absolute(_ path: String, from directory: String) -> String {
  RecordedPath(Path.expandTilde(path)).against(RecordedPath(directory)).normalized
}
