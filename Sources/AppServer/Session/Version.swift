/// What this program is, and which protocol it speaks.
package enum Version {
  /// Of this program.
  package static let own = "1.0.0"

  /// Of the original whose protocol this is. Clients read it from the user agent and choose by it
  /// what they send, so it comes first there.
  package static let ofProtocol = "0.163.0"

  /// Both in one, valid as SemVer and as PEP 440.
  static let inUserAgent = "\(ofProtocol)+reprise.\(own)"

  /// What `--version` prints.
  package static let line = "reprise \(own) (codex app-server \(ofProtocol))"
}
