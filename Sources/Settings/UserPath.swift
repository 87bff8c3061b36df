internal import Platform

/// Paths that users write in files, options and requests.
enum UserPath {
  /// Makes a path absolute and normal by its text alone: `~` is the user's home, and an empty path
  /// is `directory`. Absolute paths of Windows are not changed.
  static func absolute(_ path: String, from directory: String) -> String {
    let path = RecordedPath(Path.expandTilde(path)).against(RecordedPath(directory))
    return path.style == .windows ? path.text : path.normalized
  }
}
