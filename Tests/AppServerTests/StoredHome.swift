import Foundation
import Platform
import TestSupport
import Testing

@testable import AppServer

/// A home with stored threads of a test, and a server on it.
struct StoredHome {
  let folder: TemporaryFolder
  let server: TestServer

  /// - Parameter notification: One that the client does not want.
  init(log: Log = .silent, optingOutOf notification: String? = nil) throws {
    folder = try TemporaryFolder()
    var host = TestServer.host
    host.home = folder("home")
    host.directory = folder.path
    server = try TestServer(host: host, log: log)
    server.initialize(optingOutOf: notification)
  }

  /// The id of the thread that was stored as the number-th.
  static func id(_ number: Int) -> String {
    String(format: "019c2000-0000-7000-8000-%012d", number)
  }

  /// Stores a thread of that day of March 2026, its events in turns that they open themselves.
  ///
  /// - Parameters:
  ///   - parent: The thread that started it as its sub-agent.
  ///   - more: Members of its header, which go before others of these names.
  func store(
    _ number: Int, _ events: [String], source: String = "cli", spawnedBy parent: Int? = nil,
    more: String = ""
  ) throws {
    let day = Self.day(number)
    let source = parent.map { Self.agent(of: $0) } ?? "\"\(source)\""
    let meta =
      #"{"id":"\#(Self.id(number))","timestamp":"\#(day)T08:00:00.000Z","cwd":"/w","#
      + #""originator":"t","cli_version":"0.98.0","source":\#(source),"model_provider":"openai""#
      + more + "}"
    try folder.write(Self.line(day, "session_meta", meta), to: "home/" + Self.path(number))
    try append(number, events)
  }

  /// Adds events to a thread that was stored.
  func append(_ number: Int, _ events: [String]) throws {
    let path = "home/" + Self.path(number)
    let day = Self.day(number)
    let lines = events.map { Self.line(day, "event_msg", $0) }
    try folder.write(try folder.text(of: path) + lines.joined(), to: path)
  }

  /// The source of a sub-agent.
  static func agent(of parent: Int) -> String {
    #"{"subagent":{"thread_spawn":{"parent_thread_id":"\#(id(parent))","depth":1}}}"#
  }

  private static func day(_ number: Int) -> String { String(format: "2026-03-%02d", number) }

  /// Where it is stored, below the home.
  static func path(_ number: Int) -> String {
    "sessions/\(day(number).replacing("-", with: "/"))/"
      + "rollout-\(day(number))T08-00-00-\(id(number)).jsonl"
  }

  /// A record as a line of a file.
  static func line(_ day: String, _ type: String, _ payload: String) -> String {
    #"{"timestamp":"\#(day)T08:00:01.000Z","type":"\#(type)","payload":\#(payload)}"# + "\n"
  }

  /// All that the server says because of a request, in its order.
  func say(_ method: String, _ params: String) -> [String] {
    server.receive(#"{"id":1,"method":"\#(method)","params":\#(params)}"#)
    server.answerAll()
    return server.takeSent()
  }

  /// The answer to a request, decoded.
  func ask<Answer: Decodable>(_ method: String, _ params: String) throws -> Answer {
    server.receive(#"{"id":1,"method":"\#(method)","params":\#(params)}"#)
    server.answerAll()
    let answer = try #require(server.takeSent().last)
    return try JSONDecoder().decode(Answer.self, from: Data(answer.utf8))
  }

  /// The answer to a request, as it was sent.
  func answer(_ method: String, _ params: String) throws -> String {
    server.receive(#"{"id":1,"method":"\#(method)","params":\#(params)}"#)
    server.answerAll()
    return try #require(server.takeSent().first { $0.hasPrefix(#"{"id":1,"#) })
  }

  /// The ids of the threads that a list or a search gives.
  func ids(_ method: String, _ params: String) throws -> [String] {
    struct Thread: Decodable { let id: String }
    struct Row: Decodable {
      let id: String?
      let thread: Thread?
    }
    struct Page: Decodable { let data: [Row] }
    struct Answer: Decodable { let result: Page }
    let answer: Answer = try ask(method, params)
    return answer.result.data.compactMap { $0.id ?? $0.thread?.id }
  }
}
