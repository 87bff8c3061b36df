import Foundation
import Platform
import Synchronization
import TestSupport
import Testing

@testable import AppServer

@Suite struct FailingCallTests {
  /// The call about a folder that finds no descriptor left.
  private final class Failure: Sendable {
    private struct State {
      var folder = ""
      var number = 0
    }

    private let state = Mutex(State())

    init(in root: String) {
      DiskAccess.fail(root) { [self] path, _ in fail(path) }
    }

    private func fail(_ path: String) -> Int32? {
      state.withLock { state in
        guard path.hasPrefix(state.folder) else { return nil }
        state.number -= 1
        return state.number == 0 ? EMFILE : nil
      }
    }

    /// Makes the call with a number, counted from 1, fail.
    func set(_ number: Int, in folder: String) {
      state.withLock { $0 = State(folder: folder, number: number) }
    }

    /// Whether the call was not reached.
    var isAhead: Bool { state.withLock { $0.number > 0 } }
  }

  private static let reference = #""threadId":"\#(CompressedThreadTests.thread)""#
  private static let item =
    #"{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}"#
  private static let requests = [
    ("thread/list", ""), ("thread/search", #""searchTerm":"month""#),
    ("thread/read", #"\#(reference),"includeTurns":true"#), ("thread/resume", reference),
    ("thread/fork", reference), ("thread/archive", reference), ("thread/delete", reference),
    ("thread/name/set", #"\#(reference),"name":"n""#),
    ("thread/metadata/update", #"\#(reference),"gitInfo":{"branch":"b"}"#),
    ("thread/inject_items", #"\#(reference),"items":[\#(item)]"#),
  ]

  @Test(arguments: requests)
  func `whichever call finds no descriptor left, the request is answered once`(
    _ request: (method: String, params: String)
  ) throws {
    let root = try TemporaryFolder()
    let failure = Failure(in: root.path)
    let text = try Repository.text(of: "Fixtures/home/\(CompressedThreadTests.file)")
    var number = 0
    repeat {
      number += 1
      try root.write(text, to: "\(number)/\(CompressedThreadTests.file)")
      let home = root("\(number)")
      let server = try server(of: home)
      if request.method == "thread/inject_items" {
        _ = try ask(server, "thread/resume", Self.reference)
      }
      failure.set(number, in: home)
      let answer = try ask(server, request.method, request.params)
      let isTold = answer.contains(#""reason":"un"#) || answer.contains("rolloutNotFound")
      #expect(answer.contains(#""result":"#) || isTold, "\(number): \(answer)")
      let isReached = !failure.isAhead
      failure.set(0, in: home)
      try FileManager.default.removeItem(atPath: home)
      if !isReached { return }
    } while number < 400
    Issue.record("the request makes too many calls")
  }

  private func server(of home: String) throws -> TestServer {
    var host = TestServer.host
    host.home = home
    let server = try TestServer(host: host)
    server.initialize()
    return server
  }

  /// The only answer to a request.
  private func ask(_ server: TestServer, _ method: String, _ params: String) throws -> String {
    server.receive(#"{"id":2,"method":"\#(method)","params":{\#(params)}}"#)
    server.answerAll()
    let answers = server.takeSent().filter {
      $0.hasPrefix(#"{"id":2,"#) || $0.hasSuffix(#","id":2}"#)
    }
    #expect(answers.count == 1)
    return try #require(answers.first)
  }
}
