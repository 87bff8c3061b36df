import Protocol
import Rollouts

extension GitInfo {
  /// Where a thread stood in Git, without the secrets that an address may hold.
  init(_ state: GitState) {
    self.init()
    sha = state.commitHash
    branch = state.branch
    if let url = state.repositoryURL, !url.isEmpty { originURL = Self.withoutCredentials(url) }
  }

  /// An address of the form `scheme://user:password@host/…` without user and password; any other
  /// text as it is.
  ///
  /// Behind `ssh://` the name `git` stays: everybody has it, and the address leads nowhere without.
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

  /// Where the text behind `://` begins; nil where there is none.
  private static func endOfScheme(in bytes: [UInt8]) -> Int? {
    bytes.indices.dropFirst(2).first { end in
      bytes[end] == UInt8(ascii: "/") && bytes[end - 1] == UInt8(ascii: "/")
        && bytes[end - 2] == UInt8(ascii: ":")
    }.map { $0 + 1 }
  }

  /// Where the `@` behind user and password stands, in what follows the scheme; nil where there is
  /// none.
  ///
  /// A query or a fragment ends the host, and an `@` in them is their own. But where none stands
  /// before them, what looks like their beginning belongs to a password that should have been
  /// escaped.
  private static func endOfUser(in rest: ArraySlice<UInt8>) -> Int? {
    let at = UInt8(ascii: "@")
    let beforePath = rest.prefix { $0 != UInt8(ascii: "/") }
    let beforeQuery = beforePath.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    return beforeQuery.lastIndex(of: at) ?? beforePath.lastIndex(of: at)
  }
}
