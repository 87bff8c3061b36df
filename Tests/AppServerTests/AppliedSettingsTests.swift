import Foundation
import TestSupport
import Testing

@testable import AppServer

/// The settings that a request gives a thread are those with which it is opened again.
@Suite struct AppliedSettingsTests {
  let folder: TemporaryFolder
  let host: HostInfo

  init() throws {
    folder = try TemporaryFolder()
    var host = TestServer.host
    host.home = try folder.copyFixtureHome(to: "home")
    self.host = host
  }

  struct Answer: Decodable {
    struct Session: Decodable, Equatable {
      struct Thread: Decodable, Equatable {
        let id: String
        let cwd: String
      }
      let thread: Thread
      let model: String
      let cwd: String
      let approvalPolicy: String
      let reasoningEffort: String?
    }
    let result: Session
  }

  static let legacy = "019bd0c1-5a10-7c3e-9f21-6b0d4e7a1c01"
  static let paginated = "019da3f0-11aa-7b02-9c44-5e6f70819203"
  static let settings =
    #""model":"m-1","cwd":"/elsewhere","approvalPolicy":"untrusted","sandbox":"workspace-write","#
    + #""config":{"model_reasoning_effort":"low"}"#

  /// The last answer to requests that a new server gets.
  func ask(_ requests: [(method: String, params: String)]) throws -> Answer.Session {
    let server = try TestServer(host: host)
    server.initialize()
    var last: Answer?
    for request in requests {
      server.receive(#"{"id":1,"method":"\#(request.method)","params":{\#(request.params)}}"#)
      server.answerAll()
      let answer = try #require(server.takeSent().first { $0.contains(#""id":1"#) })
      if let session = try? JSONDecoder().decode(Answer.self, from: Data(answer.utf8)) {
        last = session
      }
    }
    return try #require(last).result
  }

  func resumed(_ id: String) throws -> Answer.Session {
    try ask([("thread/resume", #""threadId":"\#(id)""#)])
  }

  @Test(arguments: [legacy, paginated])
  func `a fork keeps what was asked for, not what its parent's records tell`(_ id: String) throws {
    let forked = try ask([("thread/fork", #""threadId":"\#(id)",\#(Self.settings)"#)])
    #expect(forked.model == "m-1" && forked.cwd == "/elsewhere")
    #expect(try resumed(forked.thread.id) == forked)
    let plain = try ask([("thread/fork", #""threadId":"\#(id)""#)])
    #expect(try resumed(plain.thread.id) == plain)
  }

  @Test func `a started thread keeps what was asked for when it is stored`() throws {
    let server = try TestServer(host: host)
    server.initialize()
    server.receive(#"{"id":1,"method":"thread/start","params":{\#(Self.settings)}}"#)
    server.answerAll()
    let answer = try #require(server.takeSent().first)
    let started = try JSONDecoder().decode(Answer.self, from: Data(answer.utf8)).result
    server.receive(
      #"{"id":2,"method":"thread/name/set","params":{"threadId":"\#(started.thread.id)","name":"n"}}"#
    )
    server.answerAll()
    #expect(try resumed(started.thread.id) == started)
  }

  @Test(arguments: ["thread/revert", "thread/rollback"])
  func `a paginated thread that goes on in a new file keeps its settings`(_ method: String) throws {
    let id = #""threadId":"\#(Self.paginated)""#
    let before = try ask([
      ("thread/resume", #"\#(id),\#(Self.settings)"#),
      (method, #"\#(id),"numTurns":1,"beforeTurnId":"019da3f0-2bbb-7c13-8d55-6f7081920314""#),
    ])
    let files = folder.names.filter { $0.contains("-\(Self.paginated)_") }
    #expect(files.count == 1)
    #expect(before.model == "m-1")
    #expect(try resumed(Self.paginated) == before)
  }

  @Test func `what is recorded of a sandbox allows no more than the sandbox`() throws {
    let fork = try ask([("thread/fork", #""threadId":"\#(Self.paginated)",\#(Self.settings)"#)])
    let file = try #require(folder.names.first { $0.contains("-\(fork.thread.id).jsonl") })
    let text = try folder.text(of: file)
    #expect(text.contains(#""path":{"type":"path","path":"/elsewhere"},"access":"write"}"#))
    #expect(text.contains(#""path":"/elsewhere/.git"},"access":"read""#))
    #expect(text.contains(#""network":"restricted""#))
  }

  @Test func `what the sandbox amounts to is recorded where nobody asked for one`() throws {
    let fork = try ask([("thread/fork", #""threadId":"\#(Self.paginated)""#)])
    let file = try #require(folder.names.first { $0.contains("-\(fork.thread.id).jsonl") })
    let text = try folder.text(of: file)
    #expect(text.contains(#""active_permission_profile":{"id":":read-only"}"#))
  }
}
