/// The options that are taken for the sake of clients and change nothing here: what else the original
/// lists for its `app-server`, and takes before that word.
enum IgnoredOptions {
  /// Those that stand for themselves.
  static let alone: Set = [
    "--analytics-default-enabled", "--dangerously-bypass-approvals-and-sandbox",
    "--dangerously-bypass-hook-trust", "--no-alt-screen", "--no-daemon", "--oss",
    "--remote-control", "--search", "--stdio", "--strict-config", "--yolo",
  ]

  /// Those that have a value.
  static let withValue: Set = [
    "--add-dir", "--ask-for-approval", "--cd", "--code-mode-host", "--disable", "--enable",
    "--image", "--local-provider", "--model", "--sandbox", "--ws-audience", "--ws-auth",
    "--ws-issuer", "--ws-max-clock-skew-seconds", "--ws-shared-secret-file", "--ws-token-file",
    "--ws-token-sha256", "-C", "-a", "-i", "-m", "-s",
  ]
}
