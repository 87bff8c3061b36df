import Protocol
import Rollouts

extension GitInfo {
  /// The Git information of a thread, without passwords in the URL of the repository.
  init(_ state: GitState) {
    self.init()
    sha = state.commitHash
    branch = state.branch
    if let url = state.repositoryURL, !url.isEmpty { originURL = Self.withoutCredentials(url) }
  }

  /// A URL of the form `scheme://user:password@host/…` without user and password; any other text is
  /// unchanged.
  ///
  /// For `ssh://` the user `git` is kept: it is no secret, and the URL does not work without it.
  static func withoutCredentials(_ address: String) -> String {
    let bytes = Array(address.utf8)
    guard bytes.contains(UInt8(ascii: "@")), let start = endOfScheme(in: bytes),
      let at = endOfUser(in: bytes[start...])
    else { return address }
    let scheme = String(decoding: bytes[..<(start - 3)], as: UTF8.self).lowercased()
    let user = bytes[start..<at].prefix { $0 != UInt8(ascii: ":") }
    let isCommon = scheme.contains("ssh") && user.elementsEqual("git".utf8)
    let secret = isCommon ? user.endIndex..<at : start..<at + 1
    return String(
      decoding: bytes[..<secret.lowerBound] + bytes[secret.upperBound...], as: UTF8.self)
  }

  /// The index of the text after `://`; nil if there is none.
  private static func endOfScheme(in bytes: [UInt8]) -> Int? {
    bytes.indices.dropFirst(2).first { end in
      bytes[end] == UInt8(ascii: "/") && bytes[end - 1] == UInt8(ascii: "/")
        && bytes[end - 2] == UInt8(ascii: ":")
    }.map { $0 + 1 }
  }

  /// The index of the `@` after user and password, in the text after the scheme; nil if there is
  /// none.
  ///
  /// A query or a fragment ends the host, and may contain an `@` of its own. If no `@` precedes
  /// them, what looks like a query belongs to a password that should have been escaped.
  private static func endOfUser(in rest: ArraySlice<UInt8>) -> Int? {
    let at = UInt8(ascii: "@")
    let beforePath = rest.prefix { $0 != UInt8(ascii: "/") }
    let beforeQuery = beforePath.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    return beforeQuery.lastIndex(of: at) ?? beforePath.lastIndex(of: at)
  }
}
