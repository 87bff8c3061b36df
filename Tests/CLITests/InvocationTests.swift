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
