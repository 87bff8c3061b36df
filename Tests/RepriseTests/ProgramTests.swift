import Foundation
import TestSupport
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

  @Test func `more sub-agents are archived than files may be open by default`() throws {
    let home = try TemporaryFolder()
    let id = { (number: Int) in String(format: "019c2000-0000-7000-8000-%012d", number) }
    for number in 0...100 {
      let source =
        number == 0
        ? #""cli""#
        : #"{"subagent":{"thread_spawn":{"parent_thread_id":"\#(id(0))","depth":1}}}"#
      try home.write(
        #"{"timestamp":"2026-03-01T08:00:00.000Z","type":"session_meta","payload":{"id":"#
          + #""\#(id(number))","source":\#(source)}}"# + "\n",
        to: "sessions/2026/03/01/rollout-2026-03-01T08-00-00-\(id(number)).jsonl")
    }
    let program = try Program(
      shell: "ulimit -Sn 40; CODEX_HOME='\(home.path)' exec \"$0\" app-server")
    program.write(
      Self.handshake + "\n"
        + #"{"id":1,"method":"thread/archive","params":{"threadId":"\#(id(0))"}}"# + "\n")
    let outcome = try program.finish()
    #expect(outcome.output.contains(#"{"id":1,"result":{}}"#))
    #expect(home.names.filter { $0.hasPrefix("archived_sessions/rollout-") }.count == 101)
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

  @Test func `a short request behind the reading of 1 GB is answered before it`() throws {
    let folder = try TemporaryFolder()
    try storeThread(ofSize: 1 << 30, in: folder)
    let program = try Program(["app-server"], home: folder.path)
    let read =
      #"{"id":1,"method":"thread/read","params":{"threadId":"\#(Self.id)","includeTurns":true}}"#
    program.write([Self.handshake, read, Self.list(2)].map { $0 + "\n" }.joined())
    let first = program.read(until: Self.listed(2))
    #expect(first.contains(Self.listed(2)))
    #expect(!first.contains(#""id":1"#))
    program.write(#"{"method":"$/cancelRequest","params":{"id":1}}"# + "\n")
    #expect(program.read(until: #""id":1"#).contains(#""reason":"cancelled""#))
    program.terminate()
    #expect(program.status() == 0)
  }

  private static let id = "019c2000-0000-7000-8000-000000000001"

  /// Stores a thread whose file has a hole of nearly that size, in bytes, in place of a disk's worth
  /// of turns.
  private func storeThread(ofSize size: UInt64, in folder: TemporaryFolder) throws {
    let record = { (type: String, payload: String) in
      #"{"timestamp":"2026-03-01T08:00:00.000Z","type":"\#(type)","payload":\#(payload)}"# + "\n"
    }
    let meta = #"{"id":"\#(Self.id)","timestamp":"2026-03-01T08:00:00.000Z","cwd":"/w"}"#
    let path = try folder.write(
      record("session_meta", meta),
      to: "sessions/2026/03/01/rollout-2026-03-01T08-00-00-\(Self.id).jsonl")
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.seek(toOffset: size)
    try file.write(
      contentsOf: Data(record("event_msg", #"{"type":"user_message","message":"hi"}"#).utf8))
    try file.close()
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
