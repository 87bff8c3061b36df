import Foundation
import Testing

/// One at a time: a program must not inherit the pipes of another.
@Suite(.serialized) struct ProgramTests {
  private static let handshake =
    #"{"id":0,"method":"initialize","params":{"clientInfo":{"name":"probe","version":"0.1"}}}"#

  private static func list(_ id: Int) -> String {
    #"{"id":\#(id),"method":"thread/loaded/list","params":{}}"#
  }

  private static func listed(_ id: Int) -> String {
    #"{"id":\#(id),"result":{"data":[],"nextCursor":null}}"#
  }

  @Test func `everything is answered up to the end of the input, a last line without its end too`()
    throws
  {
    let program = try Program("app-server")
    program.write(Self.handshake + "\r\n\n" + (1..<400).map { Self.list($0) + "\n" }.joined())
    program.write(Self.list(400))
    let outcome = try program.finish()
    #expect(outcome.status == 0)
    #expect(outcome.complaint == "")
    let first = try #require(outcome.lines.first)
    #expect(first.contains(#""userAgent":"probe/0.163.0+reprise."#))
    #expect(first.contains(NSTemporaryDirectory() + "reprise-tests"))
    #expect(outcome.lines.dropFirst().map(String.init) == (1...400).map(Self.listed))
  }

  @Test func `an end of input without a word ends it well`() throws {
    let outcome = try Program("app-server", "--stdio").finish()
    #expect((outcome.status, outcome.output, outcome.complaint) == (0, "", ""))
  }

  @Test func `a request that comes byte by byte is answered while the input stays open`() throws {
    let program = try Program("app-server")
    for character in Self.handshake + "\n" { program.write(String(character)) }
    #expect(program.readSome().hasSuffix("}\n"))
    #expect(try program.finish().status == 0)
  }

  @Test func `SIGTERM ends it well after what was read is answered`() throws {
    let program = try Program("app-server")
    program.write(Self.handshake + "\n")
    #expect(program.readSome().hasSuffix("}\n"))
    program.terminate()
    #expect(program.status() == 0)
  }

  @Test func `a client that is gone ends it with status 1`() throws {
    let program = try Program("app-server")
    try program.closeOutput()
    program.write(Self.handshake + "\n")
    #expect(program.status() == 1)
  }

  @Test(arguments: [("<&-", Int32(0)), (">&-", 1), ("2>&-", 0), ("<&- >&- 2>&-", 0)])
  func `a stream that was closed before it started is an end of input or a client that is gone`(
    _ closing: String, _ status: Int32
  ) throws {
    let program = try Program(shell: "exec \"$0\" app-server \(closing)")
    program.write(Self.handshake + "\n")
    #expect(try program.finish().status == status)
  }

  @Test func `the version names both programs`() throws {
    let outcome = try Program("--version").finish()
    #expect(outcome.output == "reprise 1.0.0 (codex app-server 0.163.0)\n")
    #expect(outcome.status == 0)
  }

  @Test func `help is told on standard output`() throws {
    let outcome = try Program("--help").finish()
    #expect(outcome.output.contains("reprise app-server [OPTIONS]"))
    #expect(outcome.status == 0)
  }

  @Test(arguments: [
    (["app-server", "--nope"], Int32(2), "reprise: unknown option `--nope`\n"),
    (["-c", "model", "app-server"], 1, "reprise: `-c model`: expected KEY=VALUE\n"),
    (["login", "status"], 1, "Not logged in"),
  ])
  func `what cannot be done is told on standard error`(
    _ arguments: [String], _ status: Int32, _ complaint: String
  ) throws {
    let outcome = try Program(arguments).finish()
    #expect((outcome.status, outcome.output) == (status, ""))
    #expect(outcome.complaint.hasPrefix(complaint))
  }
}
