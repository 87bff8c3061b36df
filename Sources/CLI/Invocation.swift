/// What the command line asks for.
package enum Invocation: Equatable, Sendable {
  /// `app-server`: speak the protocol on standard input and output.
  case serve(ServeOptions)
  case help(HelpPage)
  case version
  /// `login status`: clients ask this before they start a server.
  case loginStatus
}
