import Foundation
import TestSupport
import Testing

/// How the program starts where the environment is not as usual. One at a time: a program must not
/// inherit the pipes of another.
@Suite(.serialized) struct StartTests {
  private static let handshake =
    #"{"id":0,"method":"initialize","params":{"clientInfo":{"name":"probe","version":"0.1"}}}"#

  /// Runs the program in the shell with a handshake for an input; `$0` is the program.
  private func start(_ command: String, input: String = handshake) throws -> Program.Outcome {
    let program = try Program(shell: command)
    program.write(input + "\n")
    return try program.finish()
  }

  private var realHome: String? { getpwuid(getuid()).map { String(cString: $0.pointee.pw_dir) } }

  // MARK: - The home

  @Test(arguments: ["", "HOME= ", "HOME= CODEX_HOME= ", "HOME='~' "])
  func `without a home in the environment that of the user's account counts`(
    _ variables: String
  ) throws {
    let folder = try TemporaryFolder()
    let outcome = try start(
      "cd '\(folder.path)' && unset HOME CODEX_HOME && \(variables)exec \"$0\" app-server")
    let home = try #require(realHome)
    #expect(outcome.output.contains(#""codexHome":"\#(home)/.codex""#))
    #expect(folder.names == [])
  }

  /// Needs the right to be a user that the system does not know.
  @Test(arguments: ["-u CODEX_HOME -u HOME", "-u HOME CODEX_HOME='~/x'"])
  func `a user without any home is told so`(_ variables: String) throws {
    let stranger = "setpriv --reuid 54321 --regid 54321 --clear-groups"
    guard try Program(shell: "\(stranger) \"$0\" --version").finish().status == 0 else { return }
    let folder = try TemporaryFolder()
    let outcome = try start(
      "cd '\(folder.path)' && exec env \(variables) \(stranger) \"$0\" app-server")
    #expect((outcome.status, outcome.output) == (1, ""))
    #expect(outcome.complaint.hasPrefix("reprise: cannot tell where the threads are: "))
    #expect(folder.names == [])
  }

  @Test func `an empty CODEX_HOME is none`() throws {
    let folder = try TemporaryFolder()
    let outcome = try start("HOME='\(folder.path)' CODEX_HOME= exec \"$0\" app-server")
    #expect(outcome.output.contains(#""codexHome":"\#(folder.path)/.codex""#))
    #expect(outcome.lines.count == 1, "nobody is warned of a home that nobody named")
  }

  @Test func `a relative CODEX_HOME is below the directory`() throws {
    let folder = try TemporaryFolder()
    let outcome = try start(
      "cd '\(folder.path)' && mkdir here && CODEX_HOME=./here/ exec \"$0\" app-server")
    #expect(outcome.output.contains(#"\#(folder.path)/here""#))
  }

  @Test func `a CODEX_HOME that is not there is told of, and the rest works`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/gone"
    let outcome = try start(
      "CODEX_HOME='\(path)' REPRISE_LOG=WARN exec \"$0\" app-server",
      input: Self.handshake + "\n" + #"{"id":1,"method":"thread/list","params":{}}"#)
    let details = "CODEX_HOME points to \"\(path)\", but that path does not exist"
    #expect(outcome.complaint == "reprise: warn: \(details)\n")
    let escaped = details.replacing("\"", with: "\\\"")
    #expect(outcome.lines.count == 3)
    #expect(outcome.output.contains(#""method":"configWarning""#))
    #expect(outcome.output.contains(#""details":"\#(escaped)""#))
    #expect(outcome.output.contains(#"{"id":1,"result":{"data":[]"#))
    #expect(folder.names == [])
  }

  @Test(arguments: ["CODEX_HOME=file", "CODEX_HOME=file/below", "CODEX_HOME= HOME=\"$PWD/file\""])
  func `a home that is no directory ends it at the start`(_ variables: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try start(
      "cd '\(folder.path)' && touch file && \(variables) exec \"$0\" app-server")
    #expect((outcome.status, outcome.output) == (1, ""))
    #expect(outcome.complaint.hasPrefix("reprise: cannot use \(folder.path)/file"))
    #expect(outcome.complaint.hasSuffix("as the home of threads: Not a directory\n"))
  }

  // MARK: - Where the system is not as usual

  /// Needs the right to hide `/proc`: an own space of mounts, in one of users if need be.
  @Test(arguments: ["unshare -m", "unshare -rm"])
  func `options are understood without /proc`(_ unshare: String) throws {
    let hide = "\(unshare) sh -c 'mount -t tmpfs none /proc && exec \"$@\"' -"
    guard try Program(shell: "\(hide) true").finish().status == 0 else { return }
    let outcome = try start(
      "exec \(hide) \"$0\" app-server -c 'approval_policy=\"never\"'",
      input: Self.handshake + "\n"
        + #"{"id":1,"method":"thread/start","params":{"ephemeral":true}}"#)
    #expect(outcome.output.contains(#""approvalPolicy":"never""#))
    #expect(outcome.status == 0)
  }

  // MARK: - What is told on standard error

  @Test(arguments: ["Content-Length: 99\r\n\r\n", "content-length:5\n\n", "CONTENT-LENGTH: 1"])
  func `a client that sends headers is told of lines`(_ headers: String) throws {
    let outcome = try start("exec \"$0\" app-server", input: headers + Self.handshake)
    #expect(
      outcome.complaint == "reprise: the input begins with a header; messages are lines of JSON, "
        + "without headers\n")
    #expect(outcome.status == 0)
  }

  @Test func `headers further on are told of to nobody`() throws {
    let outcome = try start(
      "exec \"$0\" app-server", input: Self.handshake + "\nContent-Length: 5\n")
    #expect(outcome.complaint == "")
  }

  @Test(arguments: [
    ("Debug", "reprise: debug: request: initialize\n"), ("OFF", ""), ("", ""),
    ("loud", "reprise: REPRISE_LOG=loud is no level; there are off, warn, info, debug\n"),
  ])
  func `the level of the log is a name in any letter case`(
    _ level: String, _ complaint: String
  ) throws {
    #expect(try start("REPRISE_LOG=\(level) exec \"$0\" app-server").complaint == complaint)
  }

  @Test func `an answer that cannot be written is told of`() throws {
    let outcome = try start("exec \"$0\" app-server >/dev/full")
    #expect(outcome.status == 1)
    #expect(
      outcome.complaint == "reprise: cannot write standard output: No space left on device\n")
  }

  @Test func `the environment names who makes threads`() throws {
    let request = #"{"id":1,"method":"thread/start","params":{"ephemeral":true}}"#
    for (name, shown) in [("desk", "desk"), ("\u{7F}", "codex_cli_rs"), ("", "probe")] {
      let outcome = try start(
        "CODEX_INTERNAL_ORIGINATOR_OVERRIDE='\(name)' exec \"$0\" app-server",
        input: Self.handshake + "\n" + request)
      #expect(outcome.output.contains(#""userAgent":"\#(shown)/0.163.0+reprise"#))
      #expect(outcome.output.contains("(probe; 0.1)"))
      #expect(outcome.output.contains(#""originator":"\#(shown)""#))
    }
  }
}
