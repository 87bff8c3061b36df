/// A path as a thread recorded it, in the style of the machine that the thread ran on. This may be
/// another machine than the present one.
///
///     /home/me/a.txt                     POSIX, also `/mnt/c/…` of WSL
///     C:\Users\me   C:/Users/me          a drive of Windows
///     \\?\C:\Users\me                    a drive of Windows, without its limits for paths
///     \\server\share\a.txt               a network share
///     file:///C:/Users/me/my%20file      a URL of any of these
///
/// The file system is not accessed (HISTORY.md 9).
package struct RecordedPath: Equatable, Sendable {
  /// The style of an absolute path.
  package enum Style: Sendable { case posix, windows }

  /// The path. Of a URL, it is the path that the URL contains, without escape sequences.
  package let text: String

  /// Creates a path.
  ///
  /// - Parameter recorded: A path or a `file:` URL.
  package init(_ recorded: String) {
    text = Self.path(ofURL: recorded) ?? recorded
  }

  /// The style of an absolute path; nil for a relative path, which has the style of its directory.
  package var style: Style? {
    if text.utf8.first == Self.slash { return .posix }
    return hasDrive || text.utf8.starts(with: [Self.backslash, Self.backslash]) ? .windows : nil
  }

  /// Whether the path is absolute in its style.
  package var isAbsolute: Bool { style != nil }

  /// The path relative to a directory, joined in the directory's style.
  ///
  /// An absolute path is unchanged, and so is a relative path if the directory is empty. An empty
  /// path gives the directory.
  package func against(_ directory: RecordedPath) -> RecordedPath {
    if text.isEmpty { return directory }
    if isAbsolute || directory.text.isEmpty { return self }
    guard directory.style == .windows else {
      return RecordedPath(plain: Path.normalize(Path.join(directory.text, text)))
    }
    let root = WindowsPath(directory.text)
    if text.utf8.first == Self.backslash { return RecordedPath(plain: root.rooted(text)) }
    return RecordedPath(plain: root.appending(text))
  }

  /// The path in a form in which equivalent paths are equal: without `.`, `..` and superfluous
  /// separators. A path of Windows gets backslashes and a capital drive letter, and loses its
  /// `\\?\`.
  package var normalized: String {
    style == .windows ? WindowsPath(text).normalized : Path.normalize(text)
  }

  /// The last name in the path, in the style of the path.
  package var lastComponent: String {
    guard style == .windows else { return Path.lastComponent(of: text) }
    return String(text.split { $0 == "\\" || $0 == "/" }.last ?? "")
  }

  private init(plain text: String) { self.text = text }

  private static let slash = UInt8(ascii: "/")
  private static let backslash = UInt8(ascii: "\\")

  private var hasDrive: Bool { WindowsPath.beginsWithDrive(text.utf8[...]) }
}

// URLs.
extension RecordedPath {
  /// The path that a `file:` URL contains; nil for any other text.
  ///
  /// As in the original server (measured with 0.163.0), a drive makes it a path of Windows, and a
  /// host other than `localhost` is the server of a network share.
  private static func path(ofURL url: String) -> String? {
    let scheme = "file://"
    // Most paths are not URLs, which their first letter shows.
    guard let first = url.utf8.first, first | 0x20 == UInt8(ascii: "f"),
      url.utf8.count >= scheme.utf8.count,
      url.prefix(scheme.utf8.count).lowercased() == scheme
    else { return nil }
    let rest = url.dropFirst(scheme.utf8.count)
    let host = rest.prefix { $0 != "/" }
    let path = rest.dropFirst(host.utf8.count)
      .decodingEscapes(after: UInt8(ascii: "%"), digits: 2, radix: 16)
    if !host.isEmpty, host.lowercased() != "localhost" {
      return WindowsPath("\\\\" + host + path).normalized
    }
    let withoutSlash = path.utf8.dropFirst()
    guard WindowsPath.beginsWithDrive(withoutSlash) else { return path }
    return WindowsPath(String(Substring(withoutSlash))).normalized
  }
}

/// An absolute path of Windows: a root and the names below it.
private struct WindowsPath {
  /// A drive or a share, possibly after `\\?\`, without a separator at its end.
  private var root: Substring
  private var names: [Substring]
  /// The separator between the names.
  private let separator: Character

  init(_ text: String) {
    separator = text.contains("/") && !text.contains("\\") ? "/" : "\\"
    var rest = text[...]
    root = Self.takeRoot(&rest)
    names = Self.split(rest)
  }

  /// The path of this directory followed by a relative path.
  func appending(_ path: String) -> String {
    var joined = self
    joined.names += Self.split(path[...])
    return joined.text
  }

  /// The path of this directory's drive or share followed by a path from its root.
  func rooted(_ path: String) -> String {
    var joined = self
    joined.names = Self.split(path[...])
    return joined.text
  }

  var normalized: String {
    var root = String(root).replacing("/", with: "\\")
    if root.hasPrefix(#"\\?\UNC\"#) { root = #"\\"# + root.dropFirst(8) }
    if root.hasPrefix(#"\\?\"#) { root = String(root.dropFirst(4)) }
    if Self.beginsWithDrive(root.utf8[...]) {
      root = root.prefix(1).uppercased() + root.dropFirst()
    }
    return Self.joined(root, names, by: "\\")
  }

  private var text: String { Self.joined(String(root), names, by: separator) }

  private static func joined(_ root: String, _ names: [Substring], by separator: Character)
    -> String
  {
    var kept: [Substring] = []
    for name in names where name != "." {
      if name == ".." { _ = kept.popLast() } else { kept.append(name) }
    }
    return root + String(separator) + kept.joined(separator: String(separator))
  }

  private static func split(_ path: Substring) -> [Substring] {
    path.split(whereSeparator: isSeparator)
  }

  private static func isSeparator(_ character: Character) -> Bool {
    character == "\\" || character == "/"
  }

  /// Removes and returns the root that a path begins with.
  private static func takeRoot(_ path: inout Substring) -> Substring {
    let whole = path
    if path.hasPrefix(#"\\?\"#) || path.hasPrefix(#"\\.\"#) {
      path = path.dropFirst(4)
      if path.hasPrefix(#"UNC\"#) { takeNames(2, from: &path, behind: 4) } else { takeDrive(&path) }
    } else if path.hasPrefix(#"\\"#) {
      takeNames(2, from: &path, behind: 2)
    } else {
      takeDrive(&path)
    }
    return whole[..<path.startIndex]
  }

  private static func takeDrive(_ path: inout Substring) {
    if beginsWithDrive(path.utf8) {
      path = path.dropFirst(2)
    } else {
      takeNames(1, from: &path, behind: 0)
    }
  }

  /// Removes the first `start` characters and then `count` names.
  private static func takeNames(_ count: Int, from path: inout Substring, behind start: Int) {
    path = path.dropFirst(start)
    for index in 0..<count {
      if index > 0 { path = path.drop(while: isSeparator) }
      path = path.drop { !isSeparator($0) }
    }
  }

  /// Whether a text begins with a letter and a colon, followed by a separator or by nothing.
  static func beginsWithDrive(_ text: Substring.UTF8View) -> Bool {
    let head = Array(text.prefix(3))
    guard head.count >= 2, head[1] == UInt8(ascii: ":") else { return false }
    let letter = head[0] | 0x20
    guard letter >= UInt8(ascii: "a"), letter <= UInt8(ascii: "z") else { return false }
    return head.count == 2 || head[2] == UInt8(ascii: "\\") || head[2] == UInt8(ascii: "/")
  }
}
