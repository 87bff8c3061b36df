/// The options that are accepted and change nothing here, so that clients of the original need not
/// be changed: all others that it lists for `app-server`, and those that it takes before that word.
enum IgnoredOptions {
  /// Those without a value.
  static let flags: Set = [
    "--analytics-default-enabled", "--dangerously-bypass-approvals-and-sandbox",
    "--dangerously-bypass-hook-trust", "--no-alt-screen", "--no-daemon", "--oss",
    "--remote-control", "--search", "--stdio", "--strict-config", "--yolo",
  ]

  /// Those with a value.
  static let withValue: Set = [
    "--add-dir", "--ask-for-approval", "--cd", "--code-mode-host", "--disable", "--enable",
    "--image", "--local-provider", "--model", "--sandbox", "--ws-audience", "--ws-auth",
    "--ws-issuer", "--ws-max-clock-skew-seconds", "--ws-shared-secret-file", "--ws-token-file",
    "--ws-token-sha256", "-C", "-a", "-i", "-m", "-s",
  ]
}
