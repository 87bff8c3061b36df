import JSON
import JSONRPC
import System
import Testing

@testable import AppServer

/// Requests with work beside the loop, by a method that has nothing else.
@Suite struct ConcurrentRequestTests {
  private static let a = "0198c2f0-1111-7000-8000-00000000000a"
  private static let b = "0198c2f0-1111-7000-8000-00000000000b"
  private let server: TestServer

  init() throws {
    server = try TestServer(methods: MethodTable([Initialize.self, Slow.self, Quick.self]))
    server.initialize()
  }

  @Test func `others overtake a long request`() {
    receive(1, Slow.name, thread: Self.a)
    receive(2, Quick.name, thread: Self.b)
    receive(3, Quick.name)
    #expect(answered() == ["2 quick", "3 quick"])
    server.doWork()
    #expect(answered() == ["1 slow"])
  }

  @Test func `requests about the same thread wait for it, in order, whatever way they name it`() {
    receive(1, Slow.name, thread: Self.a)
    receive(2, Quick.name, thread: "urn:uuid:" + Self.a.uppercased())
    receive(3, Slow.name, thread: Self.a.replacing("-", with: ""))
    receive(4, Quick.name, path: "/home/rollout-2026-01-05T12-00-00-\(Self.a).jsonl")
    receive(5, Quick.name, thread: Self.b)
    #expect(answered() == ["5 quick"])
    server.doWork()
    #expect(answered() == ["1 slow", "2 quick"])
    server.doWork()
    #expect(answered() == ["3 slow", "4 quick"])
  }

  @Test func `a file is as good as a thread`() {
    receive(1, Slow.name, path: "/tmp/copy.jsonl")
    receive(2, Quick.name, path: "/tmp/copy.jsonl")
    receive(3, Quick.name, path: "/tmp/other.jsonl")
    #expect(answered() == ["3 quick"])
    server.doWork()
    #expect(answered() == ["1 slow", "2 quick"])
  }

  @Test func `a request waits for all that it names`() {
    receive(1, Slow.name, thread: Self.a)
    receive(2, Slow.name, path: "/tmp/b.jsonl")
    receive(3, Quick.name, thread: Self.a, path: "/tmp/b.jsonl")
    receive(4, Quick.name, thread: Self.a)
    server.doWork()
    #expect(answered() == ["1 slow"])
    server.doWork()
    #expect(answered() == ["2 slow", "3 quick", "4 quick"])
  }

  @Test func `long requests run side by side and are answered as they end`() {
    receive(1, Slow.name, thread: Self.a)
    receive(2, Slow.name, thread: Self.b)
    #expect(server.pendingWork == 2)
    server.doWork(at: 1)
    server.doWork()
    #expect(answered() == ["2 slow", "1 slow"])
  }

  @Test func `what is wrong with a request is told at once`() {
    receive(1, Slow.name, thread: Self.a)
    server.receive(#"{"id":2,"method":"quick","params":{"threadId":"\#(Self.a)","mode":5}}"#)
    #expect(answered() == ["2 Invalid request: invalid type: integer `5`, expected a string"])
  }

  @Test func `an error of the work and one behind it are answers`() {
    receive(1, Slow.name, mode: "fail")
    receive(2, Slow.name, mode: "failLater")
    server.doWork()
    server.doWork()
    #expect(answered() == ["1 items must not be empty", "2 history must not be empty"])
  }

  @Test func `work may be followed by more work, and an answer by notifications`() {
    receive(1, Slow.name, thread: Self.a, mode: "twice")
    receive(2, Quick.name, thread: Self.a)
    server.doWork()
    #expect(answered() == [])
    server.doWork()
    #expect(answered() == ["1 slow", "told", "2 quick"])
  }

  @Test func `everything that was accepted is answered at the end of the input`() {
    receive(1, Slow.name, thread: Self.a, mode: "twice")
    receive(2, Slow.name, thread: Self.a)
    receive(3, Quick.name, thread: Self.a)
    receive(4, Quick.name)
    server.endOfInput()
    #expect(answered() == ["4 quick", "1 slow", "told", "2 slow", "3 quick"])
  }

  @Test func `a running request is cancelled on receipt, and its thread stays taken until it ends`()
  {
    receive(1, Slow.name, thread: Self.a)
    receive(2, Quick.name, thread: Self.a)
    cancel("1")
    #expect(answered() == ["1 request cancelled"])
    cancel("1")
    #expect(answered() == [])
    server.doWork()
    #expect(answered() == ["2 quick"])
  }

  @Test func `a waiting request is cancelled without its turn`() {
    receive(1, Slow.name, thread: Self.a)
    receive(2, Slow.name, thread: Self.a, path: "/tmp/b.jsonl")
    receive(3, Quick.name, path: "/tmp/b.jsonl")
    cancel("2")
    #expect(answered() == ["2 request cancelled", "3 quick"])
    server.endOfInput()
    #expect(answered() == ["1 slow"])
  }

  @Test(arguments: ["4711", #""1""#, "null", "[]"])
  func `to cancel what is not under way is nothing`(_ id: String) {
    receive(1, Slow.name)
    cancel(id)
    server.receive(#"{"method":"$/cancelRequest"}"#)
    server.doWork()
    #expect(answered() == ["1 slow"])
  }

  @Test func `work that was done just before the end of input is not waited for`() {
    receive(1, Slow.name, thread: Self.a)
    receive(2, Quick.name, thread: Self.a)
    server.doWorkUnnoticed()
    server.server.endOfInput(waitingWith: { Issue.record("nobody will wake it") })
    #expect(answered() == ["1 slow", "2 quick"])
  }

  @Test func `there is no room for more than is bounded`() {
    while server.server.hasRoom { receive(1, Slow.name, thread: Self.a) }
    #expect(server.pendingWork == 1)
    server.doWork()
    #expect(server.server.hasRoom)
    server.endOfInput()
    #expect(answered().count == 1024)
  }

  @Test func `there is no room for more than a few large requests`() {
    let path = String(repeating: "x", count: 6 << 20)
    var count = 0
    while server.server.hasRoom, count < 100 {
      receive(1, Slow.name, thread: Self.a, path: path)
      count += 1
    }
    #expect(count == 3)
    server.endOfInput()
    #expect(answered().count == 3)
    #expect(server.server.hasRoom)
  }

  private func receive(
    _ id: Int, _ method: String, thread: String? = nil, path: String? = nil, mode: String? = nil
  ) {
    let members = [("threadId", thread), ("path", path), ("mode", mode)]
      .compactMap { name, value in value.map { "\"\(name)\":\"\($0)\"" } }
    server.receive(
      "{\"id\":\(id),\"method\":\"\(method)\",\"params\":{\(members.joined(separator: ","))}}")
  }

  private func cancel(_ id: String) {
    server.receive(#"{"method":"$/cancelRequest","params":{"id":\#(id)}}"#)
  }

  /// `id result` or `id error` of each answer, the method of each notification.
  private func answered() -> [String] {
    server.takeSent().map { line in
      let text = try? withJSON(Array(line.utf8)) { (json) -> String in
        if let method = json["method"]?.asString { return method }
        let text = json["result"]?.asString ?? json["error"]?["message"]?.asString ?? "?"
        return "\(json["id"]?.asInteger ?? -1) \(text)"
      }
      return text ?? line
    }
  }
}

private struct Params: WireObject {
  var threadID: String?
  var path: String?
  var mode: String?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("threadId", &threadID)
    try field("path", &path)
    try field("mode", &mode)
  }
}

/// Answers at once.
private enum Quick: Method {
  static let name = "quick"

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<String> {
    .now("quick")
  }
}

/// Answers after work beside the loop, or twice of it.
private enum Slow: Method {
  static let name = "slow"

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<String> {
    .later { (cancellation) throws(RPCError) in
      if params.mode == "fail" { throw .noItems }
      return cancellation.isCancelled ? "cancelled" : "slow"
    } then: { (outcome, server) throws(RPCError) in
      switch params.mode {
      case "failLater": throw .emptyHistory
      case "twice":
        return .later { _ in
        } then: { _, _ in
          .now(outcome)
        }
        .then { $0.outbox.notify("told", true) }
      default: return .now(outcome)
      }
    }
  }
}
