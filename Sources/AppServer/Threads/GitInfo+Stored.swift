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

  /// An address of the form `scheme://user:password@host/…` without user and password; any other text
  /// as it is.
  ///
  /// Behind `ssh://` the name `git` stays: everybody has it, and the address leads nowhere without.
  static func withoutCredentials(_ address: String) -> String {
    let bytes = Array(address.utf8)
    guard let colon = bytes.firstRange(of: "://".utf8) else { return address }
    let authority = bytes[colon.upperBound...].prefix { $0 != UInt8(ascii: "/") }
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { return address }
    let scheme = String(decoding: bytes[..<colon.lowerBound], as: UTF8.self).lowercased()
    let user = authority[..<at].prefix { $0 != UInt8(ascii: ":") }
    let isCommon = scheme.contains("ssh") && user.elementsEqual("git".utf8)
    let secret = isCommon ? user.endIndex..<at : colon.upperBound..<at + 1
    return String(
      decoding: bytes[..<secret.lowerBound] + bytes[secret.upperBound...], as: UTF8.self)
  }
}
