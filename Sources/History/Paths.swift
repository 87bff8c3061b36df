import System

/// A recorded path; newer versions record URLs of files.
func path(_ recorded: String) -> String {
  guard recorded.hasPrefix("file://") else { return recorded }
  let path = recorded.dropFirst("file://".count)
  let local = path.hasPrefix("/") ? path : path.drop { $0 != "/" }
  return local.decodingEscapes(after: UInt8(ascii: "%"), digits: 2, radix: 16)
}

/// A path against a directory; the names of the path as they are, where it is absolute.
func absolute(_ path: String, in directory: String) -> String {
  let path = History.path(path)
  if path.isEmpty { return directory }
  if Path.isAbsolute(path) || directory.isEmpty { return path }
  return Path.normalize(Path.join(directory, path))
}
