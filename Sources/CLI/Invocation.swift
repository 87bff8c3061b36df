/// What the command line requests.
package enum Invocation: Equatable, Sendable {
  /// `app-server`: serve the protocol on standard input and output.
  case serve(ServeOptions)
  case help(HelpPage)
  case version
  /// `login status`, which clients run before they start a server.
  case loginStatus
}
