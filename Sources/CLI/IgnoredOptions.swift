/// The options that are accepted without effect, so that clients of the original need not be
/// changed: all other options that it has for `app-server` or before that word.
enum IgnoredOptions {
  /// The options without a value.
  static let flags: Set = [
    "--analytics-default-enabled", "--dangerously-bypass-approvals-and-sandbox",
    "--dangerously-bypass-hook-trust", "--no-alt-screen", "--no-daemon", "--oss",
    "--remote-control", "--search", "--stdio", "--strict-config", "--yolo",
  ]

  /// The options with a value.
  static let withValue: Set = [
    "--add-dir", "--ask-for-approval", "--cd", "--code-mode-host", "--disable", "--enable",
    "--image", "--local-provider", "--model", "--sandbox", "--ws-audience", "--ws-auth",
    "--ws-issuer", "--ws-max-clock-skew-seconds", "--ws-shared-secret-file", "--ws-token-file",
    "--ws-token-sha256", "-C", "-a", "-i", "-m", "-s",
  ]
}
