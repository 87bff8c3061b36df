import LibC

/// Paths as text. Only `real` and `current` ask the disk.
package enum Path {
  /// Whether the path begins at the root.
  package static func isAbsolute(_ path: String) -> Bool { path.utf8.first == UInt8(ascii: "/") }

  /// `path` below `base`, or `path` itself where it is absolute.
  package static func join(_ base: String, _ path: String) -> String {
    if isAbsolute(path) || base.isEmpty { return path }
    if path.isEmpty { return base }
    return base.utf8.last == UInt8(ascii: "/") ? base + path : base + "/" + path
  }

  /// The path without `.`, doubled or trailing slashes, each `..` taken with the name before it.
  ///
  /// By the text alone: `a/link/..` becomes `a`, wherever the link leads. Empty becomes `.`.
  package static func normalize(_ path: String) -> String {
    let absolute = isAbsolute(path)
    if absolute, isNormal(path) { return path }
    var names: [Substring] = []
    for name in path.split(separator: "/") where name != "." {
      if name == "..", let last = names.last, last != ".." {
        names.removeLast()
      } else if name != ".." || !absolute {
        names.append(name)
      }
    }
    let joined = names.joined(separator: "/")
    if absolute { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  /// Whether an absolute path, which most are as they should be, has no name that begins with a dot
  /// and no slash too many.
  private static func isNormal(_ path: String) -> Bool {
    let slash = UInt8(ascii: "/")
    var last = UInt8(0)
    for byte in path.utf8 {
      if last == slash, byte == slash || byte == UInt8(ascii: ".") { return false }
      last = byte
    }
    return last != slash || path.utf8.count == 1
  }

  /// What stands behind the last slash; trailing slashes do not count. `/` for the root.
  package static func lastComponent(of path: String) -> String {
    if let name = path.split(separator: "/").last { return String(name) }
    return path.isEmpty ? "" : "/"
  }

  /// What stands before the last component: `.` where nothing does, `/` for the root.
  package static func directory(of path: String) -> String {
    guard let name = path.split(separator: "/").last else { return path.isEmpty ? "." : "/" }
    let before = path[..<name.startIndex]
    guard !before.isEmpty else { return "." }
    guard let end = before.lastIndex(where: { $0 != "/" }) else { return "/" }
    return String(before[...end])
  }

  /// Puts the user's home in the place of `~`, alone or before a slash. Any other path stays as it
  /// is, and so do these if the home is not known.
  package static func expandTilde(_ path: String) -> String {
    guard UserHome.isTildePath(path), let home = UserHome.path else { return path }
    return join(home, String(path.dropFirst(2)))
  }

  /// The absolute path with every symbolic link on the way resolved; fails if it names nothing.
  package static func real(_ path: String) throws(SystemError) -> String {
    guard let resolved = realpath(path, nil) else { throw SystemError("resolve", path) }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The folder that relative paths start from; `/` if it was removed.
  package static var current: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}
