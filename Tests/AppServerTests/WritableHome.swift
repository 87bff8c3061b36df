import Foundation
import TestSupport
import Testing

@testable import AppServer

/// A home on which methods work that write, and what they leave there.
final class WritableHome {
  let folder: TemporaryFolder
  private let server: TestServer
  /// The total of what was told last of a thread's tokens; nil where the last request told nothing.
  private(set) var tokens: Int?
  /// The warnings that the last request led to, as lines.
  private(set) var warnings: [String] = []

  /// - Parameter folder: Where the home of a server is that has ended; nil for a new home.
  init(in folder: TemporaryFolder? = nil, copyingFixtures: Bool = false) throws {
    let folder = try folder ?? TemporaryFolder()
    self.folder = folder
    if copyingFixtures { _ = try folder.copyFixtureHome(to: "home") }
    var host = TestServer.host
    host.home = folder("home")
    server = try TestServer(host: host)
    server.initialize()
  }

  /// Another server on the same home.
  init(at home: WritableHome) throws {
    folder = home.folder
    var host = TestServer.host
    host.home = folder("home")
    server = try TestServer(host: host)
    server.initialize()
  }

  static let id = "019c3000-0000-7000-8000-000000000001"
  /// The member of a request that names the thread.
  static let reference = #""threadId":"\#(id)""#
  static let path = "sessions/2026/03/01/rollout-2026-03-01T10-00-00-\(id).jsonl"

  /// Stores a thread. Of each record its type and its payload are given.
  ///
  /// - Parameter members: More members of the header, each behind a comma.
  func store(_ records: [String], isPaginated: Bool = false, members: String = "") throws {
    let header =
      #"session_meta {"id":"\#(Self.id)","timestamp":"2026-03-01T10:00:00.000Z","cwd":"/w","#
      + #""originator":"somebody","cli_version":"0.130.0","source":"cli","model_provider":"openai""#
      + (isPaginated ? #","history_mode":"paginated""# : "") + members + "}"
    let lines = ([header] + records).enumerated().map { number, record in
      let type = record.prefix { $0 != " " }
      return #"{"timestamp":"2026-03-01T10:00:01.000Z","#
        + (isPaginated ? #""ordinal":\#(number),"# : "")
        + #""type":"\#(type)","payload":\#(record.dropFirst(type.count + 1))}"# + "\n"
    }
    try folder.write(lines.joined(), to: "home/" + Self.path)
  }

  /// Puts a compressed file in the place of one.
  func compress(_ path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try Data(ZstdFrame.storing(Array(text.utf8))).write(to: URL(filePath: path + ".zst"))
    try FileManager.default.removeItem(atPath: path)
  }

  /// The answer to a request, as a line.
  @discardableResult
  func ask(_ method: String, _ params: String) throws -> String {
    server.receive(#"{"id":1,"method":"\#(method)","params":{\#(params)}}"#)
    server.answerAll()
    let sent = server.takeSent()
    warnings = sent.filter { $0.hasPrefix(#"{"method":"warning","#) }
    let usage = sent.first { $0.contains(#""method":"thread/tokenUsage/updated""#) }
    tokens = usage?.firstMatch(of: /"total":{"totalTokens":([0-9]+)/).flatMap { Int($0.output.1) }
    return try #require(sent.first { $0.contains(#""id":1,"#) || $0.hasSuffix(#""id":1}"#) })
  }

  /// The thread of an answer.
  func thread(_ method: String, _ params: String) throws -> AnsweredThread {
    let turns = #","includeTurns":true"#
    return try AnsweredThread(ask(method, params + (method == "thread/read" ? turns : "")))
  }
}

// Files.
extension WritableHome {
  /// Of rollouts, from the home on.
  var rollouts: [String] {
    folder.names.filter { $0.contains("/rollout-") }.map { String($0.dropFirst(5)) }
  }

  func text(of thread: AnsweredThread) throws -> String {
    try String(contentsOfFile: thread.path, encoding: .utf8)
  }

  /// The text of the thread's file, behind what of another file comes before it.
  func wholeText(of thread: AnsweredThread) throws -> String {
    let text = try text(of: thread)
    guard let base = try header(of: thread)["history_base"] as? [String: Any],
      let id = base["thread_id"] as? String, let end = base["end_byte_offset"] as? Int,
      let name = rollouts.first(where: { $0.contains("\(id).jsonl") })
    else { return text }
    let bytes = try folder.text(of: "home/" + name).utf8
    return String(decoding: Array(bytes)[..<end], as: UTF8.self) + text
  }

  /// The payload of a file's first record.
  func header(of thread: AnsweredThread) throws -> [String: Any] {
    let first = try #require(try text(of: thread).split(separator: "\n").first)
    let record = try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any]
    return try #require(record?["payload"] as? [String: Any])
  }

  func ordinals(of thread: AnsweredThread) throws -> [Int] {
    try text(of: thread).matches(of: /"ordinal":([0-9]+),/).compactMap { Int($0.output.1) }
  }
}

/// A thread as a method answers it.
struct AnsweredThread {
  struct Turn: Equatable {
    let id: String
    /// Its items as JSON, without ids that are made of places in files.
    let items: [String]

    /// What it shows that can be looked for.
    var words: [String] {
      items.flatMap { $0.matches(of: /"text":"([^"]{12,})"/).map { String($0.output.1) } }
    }
  }

  let id: String
  let path: String
  let turns: [Turn]

  var reference: String { #""threadId":"\#(id)""# }

  init(_ answer: String) throws {
    let answer = answer.replacing(/"id":"item-[o0-9.]+"/, with: #""id":"item""#)
      .replacing(/"senderThreadId":"[^"]*"/, with: #""senderThreadId":"""#)
    let object = try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any]
    let result = try #require(object?["result"] as? [String: Any], "\(answer)")
    let thread = try #require(result["thread"] as? [String: Any])
    id = try #require(thread["id"] as? String)
    path = try #require(thread["path"] as? String)
    turns = try (thread["turns"] as? [[String: Any]] ?? []).map { turn in
      let items = try (turn["items"] as? [Any] ?? []).map { item in
        String(
          decoding: try JSONSerialization.data(withJSONObject: item, options: .sortedKeys),
          as: UTF8.self)
      }
      return Turn(id: turn["id"] as? String ?? "", items: items)
    }
  }
}

// Records: their types and payloads.
extension String {
  static func started(_ turn: String) -> String {
    #"event_msg {"type":"task_started","turn_id":"\#(turn)"}"#
  }

  static func ended(_ turn: String) -> String {
    #"event_msg {"type":"task_complete","turn_id":"\#(turn)"}"#
  }

  /// A message that the model was given, or gave.
  static func item(_ role: String, _ text: String) -> String {
    #"response_item {"type":"message","role":"\#(role)","content":[{"type":"input_text","text":"\#(text)"}]}"#
  }

  static func tokens(_ count: Int) -> String {
    #"event_msg {"type":"token_count","info":{"total_token_usage":{"total_tokens":\#(count)}}}"#
  }

  static func command(_ output: String, in turn: String) -> String {
    #"event_msg {"type":"exec_command_end","call_id":"\#(output)","turn_id":"\#(turn)","command":["ls"],"#
      + #""cwd":"/w","aggregated_output":"\#(output)","exit_code":0}"#
  }

  /// A completed item that says one text.
  static func completed(_ type: String, _ text: String, in turn: String) -> String {
    let says =
      switch type {
      case "EnteredReviewMode": #""user_facing_hint":"\#(text)""#
      case "ExitedReviewMode": #""review_output":{"overall_explanation":"\#(text)"}"#
      default: #""content":[{"type":"text","text":"\#(text)"}]"#
      }
    return
      #"event_msg {"type":"item_completed","turn_id":"\#(turn)","item":{"type":"\#(type)","id":"\#(text)","#
      + says + "}}"
  }
}

extension [String] {
  /// What a user said, as the model and as the user saw it.
  static func said(_ text: String) -> [String] {
    [.item("user", text), #"event_msg {"type":"user_message","message":"\#(text)"}"#]
  }

  static func answered(_ text: String) -> [String] {
    [#"event_msg {"type":"agent_message","message":"\#(text)"}"#, .item("assistant", text)]
  }
}
