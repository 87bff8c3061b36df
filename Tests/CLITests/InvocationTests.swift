import Testing

@testable import CLI

@Suite struct InvocationTests {
  @Test(arguments: [
    "app-server", "app-server --listen stdio://", "app-server --listen=stdio://",
    "app-server --stdio", "--stdio app-server", "--disable apps app-server",
    "app-server --enable no_such_feature --disable=y", "--listen stdio:// app-server --stdio",
  ])
  func `options that change nothing are accepted anywhere`(_ line: String) throws {
    #expect(try parse(line) == .serve(ServeOptions()))
  }

  /// What `codex app-server --help` of 0.163.0 lists beside `-c`, with a value where it takes one.
  static let listed = [
    "--enable x", "--disable x", "--code-mode-host http://h", "--strict-config",
    "--listen stdio://", "--stdio", "--analytics-default-enabled", "--ws-auth capability-token",
    "--ws-token-file /x", "--ws-token-sha256 00", "--ws-shared-secret-file /x", "--ws-issuer x",
    "--ws-audience x", "--ws-max-clock-skew-seconds 5",
  ]

  /// What `codex --help` lists and `codex` takes before `app-server`.
  static let general = [
    "-i x", "--image x", "-m x", "--model x", "--oss", "--local-provider ollama", "-s read-only",
    "--sandbox read-only", "--dangerously-bypass-approvals-and-sandbox",
    "--dangerously-bypass-hook-trust", "-C /x", "--cd /x", "--add-dir /x", "-a never",
    "--ask-for-approval never", "--search", "--no-alt-screen", "--no-daemon",
  ]

  /// What it takes and does not list.
  static let hidden = ["--remote-control", "--yolo"]

  @Test(arguments: listed + general + hidden)
  func `every option of the original is accepted anywhere`(_ option: String) throws {
    #expect(try parse("\(option) app-server") == .serve(ServeOptions()))
    #expect(try parse("app-server \(option)") == .serve(ServeOptions()))
    let parts = option.split(separator: " ")
    guard parts.count == 2 else { return }
    let attached = parts[0].hasPrefix("--") ? "\(parts[0])=\(parts[1])" : "\(parts[0])\(parts[1])"
    #expect(try parse("app-server \(attached)") == .serve(ServeOptions()))
    #expect(throws: UsageError("`\(parts[0])` needs a value")) {
      try parse("app-server \(parts[0])")
    }
    #expect(throws: UsageError("`\(parts[0])` needs a value")) {
      try parse("app-server \(parts[0]) --stdio")
    }
  }

  @Test func `the option that lets a program approve does what it says`() throws {
    var options = ServeOptions()
    options.overrides = [
      .init(key: "approvals_reviewer", value: "auto_review"),
      .init(key: "sandbox_mode", value: "workspace-write"),
    ]
    #expect(try parse("--approve-for-me app-server") == .serve(options))
  }

  @Test(arguments: [
    "-c model=x app-server", "app-server -c model=x", "app-server -cmodel=x",
    "app-server -c=model=x", "app-server --config model=x", "--config=model=x app-server",
  ])
  func `an override has many forms`(_ line: String) throws {
    var options = ServeOptions()
    options.overrides = [.init(key: "model", value: "x")]
    #expect(try parse(line) == .serve(options))
  }

  @Test func `overrides keep their order and their text`() throws {
    let parsed = try Invocation.parse([
      "-c", "a.b=[1, 2]", "app-server", "--config=a.b=", "-c", "url=http://h/?x=y",
    ])
    var options = ServeOptions()
    options.overrides = [
      .init(key: "a.b", value: "[1, 2]"), .init(key: "a.b", value: ""),
      .init(key: "url", value: "http://h/?x=y"),
    ]
    #expect(parsed == .serve(options))
  }

  @Test(arguments: ["--profile work app-server", "app-server --profile=work", "-p work app-server"])
  func `a profile is taken`(_ line: String) throws {
    var options = ServeOptions()
    options.profile = "work"
    #expect(try parse(line) == .serve(options))
  }

  @Test(arguments: [
    ("--help", Invocation.help(.general)), ("-h", .help(.general)),
    ("app-server --help", .help(.appServer)), ("-c a=b app-server -h", .help(.appServer)),
    ("--version", .version), ("-V", .version), ("login status", .loginStatus),
  ])
  func `other things can be asked for`(_ line: String, _ expected: Invocation) throws {
    #expect(try parse(line) == expected)
  }

  @Test(arguments: [
    ("--nope", "unknown option `--nope`"),
    ("app-server --nope=x", "unknown option `--nope=x`"),
    ("app-server -x", "unknown option `-x`"),
    ("app-server --stdio=yes", "unknown option `--stdio=yes`"),
    ("app-server --strict-config=yes", "unknown option `--strict-config=yes`"),
    ("--remote ws://h app-server", "unknown option `--remote`"),
    ("app-server --listen off", "`--listen off`: this server listens at stdio:// only"),
    ("app-server --listen unix://", "`--listen unix://`: this server listens at stdio:// only"),
    ("app-server --listen", "`--listen` needs a value"),
    ("app-server --listen --stdio", "`--listen` needs a value"),
    ("app-server -c", "`-c` needs a value"),
    ("--config", "`--config` needs a value"),
    ("app-server --enable", "`--enable` needs a value"),
    ("app-server stray", "unexpected argument `stray`"),
    ("app-server -", "unexpected argument `-`"),
    ("levitate", "unexpected argument `levitate`"),
    ("login out", "unexpected argument `out`"),
    ("login status app-server", "unexpected argument `app-server`"),
    (
      "app-server --listen ws://localhost:1",
      "`--listen ws://localhost:1`: this server listens at stdio:// only"
    ),
    ("", "nothing to do: a command is missing, such as `app-server`"),
    ("login", "nothing to do: a command is missing, such as `app-server`"),
  ])
  func `what cannot be followed is named`(_ line: String, _ message: String) {
    #expect(throws: UsageError(message)) { try parse(line) }
  }

  @Test(arguments: [
    ("app-server -c model", "`-c model`: expected KEY=VALUE"),
    ("-cmodel app-server", "`-c model`: expected KEY=VALUE"),
    ("--config==x app-server", "`--config =x`: expected KEY=VALUE"),
  ])
  func `an override that is none has a status of its own`(_ line: String, _ message: String) {
    #expect(throws: UsageError(message, status: 1)) { try parse(line) }
  }

  @Test(arguments: [HelpPage.general, .appServer])
  func `help fits a terminal and names every option`(_ page: HelpPage) {
    #expect(page.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    for option in ["--config", "--profile", "--listen", "--stdio", "--enable", "--help"] {
      #expect(page.text.contains(option))
    }
  }

  private func parse(_ line: String) throws -> Invocation {
    try Invocation.parse(line.split(separator: " ").map(String.init))
  }
}
