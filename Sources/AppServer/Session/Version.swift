/// The versions of this program and of its protocol.
package enum Version {
  /// The version of this program.
  package static let own = "1.0.0"

  /// The version of the original server whose protocol this program uses. Clients read it from the
  /// beginning of the user agent, and choose by it what they send.
  package static let ofProtocol = "0.163.0"

  /// Both versions in one text, which is valid in SemVer and PEP 440.
  static let inUserAgent = "\(ofProtocol)+reprise.\(own)"

  /// The output of `--version`.
  package static let line = "reprise \(own) (codex app-server \(ofProtocol))"
}
