import System

/// A recorded path; newer versions record URLs of files.
func path(_ recorded: String) -> String {
  guard recorded.hasPrefix("file://") else { return recorded }
  let path = recorded.dropFirst("file://".count)
  return percentDecoded(path.hasPrefix("/") ? path : path.drop { $0 != "/" })
}

/// A path against a directory; the names of the path as they are, where it is absolute.
func absolute(_ path: String, in directory: String) -> String {
  let path = History.path(path)
  if path.isEmpty { return directory }
  if Path.isAbsolute(path) || directory.isEmpty { return path }
  return Path.normalize(Path.join(directory, path))
}

private func percentDecoded(_ text: some StringProtocol) -> String {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%"), rest.count >= 2,
      let decoded = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
    {
      bytes.append(decoded)
      rest = rest.dropFirst(2)
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
