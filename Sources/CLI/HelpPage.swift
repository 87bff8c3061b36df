/// A page that `--help` shows.
package enum HelpPage: Sendable {
  case general
  case appServer

  /// The text of the page.
  package var text: String {
    switch self {
    case .general:
      """
      Reopens stored Codex threads over the app-server protocol.

      Usage: reprise app-server [OPTIONS]
             reprise login status

      Commands:
        app-server     Speak the protocol on standard input and output
        login status   Tell whether somebody is logged in (nobody ever is)

      \(Self.options)
        -V, --version            Show the version, and that of the protocol

      Environment:
        CODEX_HOME    The folder of threads and configuration (~/.codex)
        REPRISE_LOG   Log to standard error: off, warn, info or debug (off)
        REPRISE_UNPACK_LIMIT
                      Up to how many bytes compressed threads are unpacked (16 GiB)
        CODEX_INTERNAL_ORIGINATOR_OVERRIDE
                      Who new threads are told to be made by (the client)

      """
    case .appServer:
      """
      Speaks the app-server protocol: one JSON message a line, requests on standard input, answers and
      notifications on standard output. Ends with the input, after everything has been answered.

      Usage: reprise app-server [OPTIONS]

      \(Self.options)

      """
    }
  }

  private static let options = """
    Options, before or behind the command:
      -c, --config KEY=VALUE   Override a setting of config.toml; VALUE is TOML, or else a string
      -p, --profile NAME       Use the settings of this profile
          --listen stdio://    Where to listen; there is no other address
          --stdio              The same
          --enable FEATURE     Accepted for the sake of clients, as are --disable, --strict-config,
                               --analytics-default-enabled and all other options of the original
      -h, --help               Show this
    """
}
