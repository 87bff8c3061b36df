import LibC

/// Operations on paths. Only `real` and `current` access the file system.
package enum Path {
  /// Whether the path begins at the root.
  package static func isAbsolute(_ path: String) -> Bool { path.utf8.first == UInt8(ascii: "/") }

  /// The path below `base`, or the path itself if it is absolute.
  package static func join(_ base: String, _ path: String) -> String {
    if isAbsolute(path) || base.isEmpty { return path }
    if path.isEmpty { return base }
    return base.utf8.last == UInt8(ascii: "/") ? base + path : base + "/" + path
  }

  /// The path without `.`, without double and trailing slashes, and with each `..` resolved against
  /// the name before it. An empty path becomes `.`.
  ///
  /// Symbolic links are not considered: `a/link/..` always becomes `a`.
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

  /// Whether an absolute path has no name that begins with a dot and no superfluous slash. Most
  /// paths are like that and need no change.
  private static func isNormal(_ path: String) -> Bool {
    let slash = UInt8(ascii: "/")
    var last = UInt8(0)
    for byte in path.utf8 {
      if last == slash, byte == slash || byte == UInt8(ascii: ".") { return false }
      last = byte
    }
    return last != slash || path.utf8.count == 1
  }

  /// The last name in the path, without regard to trailing slashes; `/` for the root.
  package static func lastComponent(of path: String) -> String {
    if let name = path.split(separator: "/").last { return String(name) }
    return path.isEmpty ? "" : "/"
  }

  /// The path before the last name: `.` if there is nothing before it, `/` for the root.
  package static func directory(of path: String) -> String {
    guard let name = path.split(separator: "/").last else { return path.isEmpty ? "." : "/" }
    let before = path[..<name.startIndex]
    guard !before.isEmpty else { return "." }
    guard let end = before.lastIndex(where: { $0 != "/" }) else { return "/" }
    return String(before[...end])
  }

  /// Replaces a `~` at the beginning by the user's home. The path is unchanged if it does not begin
  /// with `~` or `~/`, or if the home is unknown.
  package static func expandTilde(_ path: String) -> String {
    guard UserHome.isTildePath(path), let home = UserHome.path else { return path }
    return join(home, String(path.dropFirst(2)))
  }

  /// The absolute path with all symbolic links resolved.
  ///
  /// - Throws: An error if the path leads to no file or folder.
  package static func real(_ path: String) throws(SystemError) -> String {
    guard let resolved = realpath(path) else { throw SystemError("resolve", path) }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The absolute path of the working directory; `/` if it was removed.
  package static var current: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}
