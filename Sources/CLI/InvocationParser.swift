extension Invocation {
  /// Reads a command line.
  ///
  /// - Parameter arguments: The arguments behind the name of the program.
  /// - Throws: `UsageError` for an unknown option or command, or for a missing value.
  package static func parse(_ arguments: [String]) throws(UsageError) -> Invocation {
    var parser = InvocationParser(arguments)
    return try parser.parse()
  }
}

/// Parses a command line from left to right. Options may be before and behind the command.
private struct InvocationParser {
  private var rest: ArraySlice<String>
  private var words: [String] = []
  private var options = ServeOptions()

  private static let commands = [["app-server"], ["login", "status"]]

  init(_ arguments: [String]) {
    rest = arguments[...]
  }

  mutating func parse() throws(UsageError) -> Invocation {
    while let argument = rest.popFirst() {
      if !argument.hasPrefix("-") || argument == "-" {
        try word(argument)
      } else if let asked = try option(argument) {
        return asked
      }
    }
    switch words {
    case ["app-server"]: return .serve(options)
    case ["login", "status"]: return .loginStatus
    default: throw UsageError("nothing to do: a command is missing, such as `app-server`")
    }
  }

  private mutating func word(_ word: String) throws(UsageError) {
    words.append(word)
    guard Self.commands.contains(where: { $0.starts(with: words) }) else {
      throw UsageError("unexpected argument `\(word)`")
    }
  }

  /// Parses an option.
  ///
  /// - Returns: What the option requests instead of the command; nil for most options.
  private mutating func option(_ argument: String) throws(UsageError) -> Invocation? {
    let (name, attached) = Self.split(argument)
    switch name {
    case "-c", "--config": try override(try value(of: name, attached), typed: name)
    case "-p", "--profile": options.profile = try value(of: name, attached)
    case "--listen": try listen(at: try value(of: name, attached))
    case "--approve-for-me" where attached == nil: approveForMe()
    case "-h" where attached == nil, "--help" where attached == nil:
      return .help(words == ["app-server"] ? .appServer : .general)
    case "-V" where attached == nil, "--version" where attached == nil: return .version
    case _ where IgnoredOptions.withValue.contains(name): _ = try value(of: name, attached)
    case _ where IgnoredOptions.flags.contains(name) && attached == nil: break
    default: throw UsageError("unknown option `\(argument)`")
    }
    return nil
  }

  /// Splits `--name=value`, `-nvalue` and `-n=value`; the value is nil where none is attached.
  private static func split(_ argument: String) -> (name: String, value: String?) {
    if argument.hasPrefix("--") {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count == 2 ? String(parts[1]) : nil)
    }
    let value = argument.dropFirst(2)
    guard !value.isEmpty else { return (argument, nil) }
    return (String(argument.prefix(2)), String(value.first == "=" ? value.dropFirst() : value))
  }

  /// The value of an option: the attached one, or the next argument if that is not an option.
  private mutating func value(
    of name: String, _ attached: String?
  ) throws(UsageError) -> String {
    if let attached { return attached }
    guard let next = rest.first, !next.hasPrefix("-") else {
      throw UsageError("`\(name)` needs a value")
    }
    rest.removeFirst()
    return next
  }

  private mutating func override(_ text: String, typed name: String) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw UsageError("`\(name) \(text)`: expected KEY=VALUE", status: 1)
    }
    options.overrides.append(.init(key: String(parts[0]), value: String(parts[1])))
  }

  /// Applies `--approve-for-me` like the original: an agent reviews requests for approval, and the
  /// sandbox lets commands write to the workspace.
  private mutating func approveForMe() {
    options.overrides += [
      .init(key: "approvals_reviewer", value: "auto_review"),
      .init(key: "sandbox_mode", value: "workspace-write"),
    ]
  }

  private func listen(at address: String) throws(UsageError) {
    guard address == "stdio://" else {
      throw UsageError("`--listen \(address)`: this server listens at stdio:// only")
    }
  }
}
