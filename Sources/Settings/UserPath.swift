internal import System

/// Paths as people write them, in files, options and requests.
enum UserPath {
  /// The path, absolute and normal by its text alone: `~` is the user's home, and empty is `directory`
  /// itself. Absolute paths of Windows stay as they are.
  static func absolute(_ path: String, from directory: String) -> String {
    let path = RecordedPath(Path.expandTilde(path)).against(RecordedPath(directory))
    return path.style == .windows ? path.text : path.normalized
  }
}
