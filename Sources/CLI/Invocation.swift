/// What the command line asks for.
package enum Invocation: Equatable, Sendable {
  /// `app-server`: speak the protocol on standard input and output.
  case serve(ServeOptions)
  case help(HelpPage)
  case version
  /// `login status`: clients ask this before they start a server.
  case loginStatus

  /// - Parameter arguments: Without the name of the program.
  package static func parse(_ arguments: [String]) throws(UsageError) -> Invocation {
    var parser = InvocationParser(arguments)
    return try parser.parse()
  }
}

/// The options of `app-server`; those that change nothing here are taken and forgotten.
package struct ServeOptions: Equatable, Sendable {
  /// What `-c` gave, in order: of two of one key the later counts.
  package var overrides: [Override] = []
  /// The name that `--profile` gave.
  package var profile: String?

  package init() {}

  /// One setting, both parts as they were typed.
  package struct Override: Equatable, Sendable {
    /// A dotted path, such as `sandbox_workspace_write.network_access`. Not empty.
    package let key: String
    /// TOML, or a string without quotes.
    package let value: String

    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }
}

/// Why a command line cannot be followed.
package struct UsageError: Error, Equatable {
  /// One line that names the argument.
  package let message: String
  /// What the process is to end with: 2, or 1 for an override that is none, as the original does.
  package let status: Int32

  init(_ message: String, status: Int32 = 2) {
    self.message = message
    self.status = status
  }
}
