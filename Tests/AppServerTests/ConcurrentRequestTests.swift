import JSON
import JSONRPC
import Platform
import Testing

@testable import AppServer

/// Requests with work beside the loop, by a method that has nothing else.
@Suite struct ConcurrentRequestTests {
  private static let a = "0198c2f0-1111-7000-8000-00000000000a"
  fileprivate static let b = "0198c2f0-1111-7000-8000-00000000000b"
  private static let c = "0198c2f0-1111-7000-8000-00000000000c"
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
    receive(4, Quick.name, thread: "{\(Self.a)}")
    receive(5, Quick.name, thread: Self.b)
    #expect(answered() == ["5 quick"])
    server.doWork()
    #expect(answered() == ["1 slow", "2 quick"])
    server.doWork()
    #expect(answered() == ["3 slow", "4 quick"])
  }

  @Test func `a request waits for all that it touches`() {
    receive(1, Slow.name, thread: Self.a)
    receive(2, Slow.name, thread: Self.b)
    receive(3, Quick.name, thread: Self.a, and: Self.b)
    receive(4, Quick.name, thread: Self.a)
    server.doWork()
    #expect(answered() == ["1 slow"])
    server.doWork()
    #expect(answered() == ["2 slow", "3 quick", "4 quick"])
  }

  @Test(arguments: [
    ("read a", "read a", false), ("read a", "open a", true), ("open a", "read a", true),
    ("open a", "open a", true), ("read a", "write a", true), ("write a", "read a", true),
    ("write a", "write b", false), ("read a", "write b", false), ("others a", "read a", true),
    ("others a", "read b", true), ("others a", "home", true), ("others a", "others b", true),
    ("read b", "others a", false), ("write b", "others a", false), ("read a", "others a", true),
    ("home", "others a", false), ("home", "home", false), ("home", "read a", false),
    ("read a", "home", false), ("open a", "home", false), ("home", "open a", false),
    ("write a", "home", true), ("home", "write a", true), ("home", "new", true),
    ("new", "home", true), ("new", "new", false), ("new", "write a", false),
    ("write a", "new", false),
    ("others a", "new", false), ("nothing", "others a", false), ("others a", "nothing", false),
  ])
  func `what two requests touch decides whether the later waits`(
    _ earlier: String, _ later: String, _ waits: Bool
  ) {
    receive(1, Slow.name, touching: earlier)
    receive(2, Quick.name, touching: later)
    #expect(answered() == (waits ? [] : ["2 quick"]))
    server.answerAll()
    #expect(answered() == (waits ? ["1 slow", "2 quick"] : ["1 slow"]))
  }

  @Test func `a request that waits holds up those that would have to wait for it`() {
    receive(1, Slow.name, touching: "read a")
    receive(2, Quick.name, touching: "write a")
    receive(3, Quick.name, touching: "read a")
    receive(4, Quick.name, touching: "home")
    receive(5, Quick.name, touching: "read b")
    #expect(answered() == ["5 quick"])
    server.doWork()
    #expect(answered() == ["1 slow", "2 quick", "3 quick", "4 quick"])
  }

  @Test func `what a request touches may turn out on its way, and its place in the order stays`() {
    receive(1, Slow.name, touching: "read b")
    receive(2, Slow.name, touching: "others a", mode: "widens to b")
    receive(3, Quick.name, touching: "read b")
    receive(4, Quick.name, touching: "read c")
    receive(5, Quick.name, touching: "write b")
    #expect(answered() == [])
    server.doWork(at: 1)
    #expect(answered() == ["4 quick"], "c turned out not to be touches, and b is still read")
    server.doWork()
    #expect(answered() == ["1 slow", "2 slow", "3 quick", "5 quick"])
  }

  @Test func `a request that waits on its way can be cancelled`() {
    receive(1, Slow.name, touching: "read b")
    receive(2, Slow.name, touching: "others a", mode: "widens to b")
    receive(3, Quick.name, touching: "write a")
    receive(4, Quick.name, touching: "write b")
    server.doWork(at: 1)
    #expect(answered() == ["3 quick"])
    cancel("2")
    #expect(answered() == ["2 request cancelled"])
    server.answerAll()
    #expect(answered() == ["1 slow", "4 quick"])
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
    server.receive(#"{"id":2,"method":"quick","params":{"touches":[],"mode":5}}"#)
    #expect(answered() == ["2 Invalid request: invalid type: integer `5`, expected a string"])
  }

  @Test func `an error of the work and one behind it are answers`() {
    receive(1, Slow.name, mode: "fail")
    receive(2, Slow.name, mode: "failLater")
    server.answerAll()
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
    server.answerAll()
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

  @Test func `a request that is changing something is not cancelled any more`() {
    receive(1, Slow.name, thread: Self.a, mode: "changes")
    server.doWork()
    cancel("1")
    #expect(answered() == [])
    server.doWork()
    #expect(answered() == ["1 changed"])
  }

  @Test func `a request that was cancelled changes nothing any more`() {
    receive(1, Slow.name, thread: Self.a, mode: "changes")
    cancel("1")
    #expect(answered() == ["1 request cancelled"])
    server.answerAll()
    #expect(answered() == [])
  }

  @Test func `a waiting request is cancelled without its turn`() {
    receive(1, Slow.name, thread: Self.a)
    receive(2, Slow.name, thread: Self.a, and: Self.b)
    receive(3, Quick.name, thread: Self.b)
    cancel("2")
    #expect(answered() == ["2 request cancelled", "3 quick"])
    server.answerAll()
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
    server.server.handle(.endOfInput)
    server.server.handle(.finishedWork)
    #expect(server.server.wait == .nothing, "nobody will wake it")
    #expect(answered() == ["1 slow", "2 quick"])
  }

  @Test(arguments: [LoopEvent.termination, .endOfInput])
  func `work that was done together with the end of all is not waited for`(_ end: LoopEvent) {
    receive(1, Slow.name, thread: Self.a)
    receive(2, Quick.name, thread: Self.a)
    server.doWorkUnnoticed()
    server.server.handle(end)
    #expect(server.server.wait == .nothing, "the wake is used up")
    #expect(answered() == ["1 slow", "2 quick"])
  }

  @Test func `there is no room for more than is bounded`() {
    while server.hasRoom { receive(1, Slow.name, thread: Self.a) }
    #expect(server.pendingWork == 1)
    server.doWork()
    #expect(server.hasRoom)
    server.answerAll()
    #expect(answered().count == 1024)
  }

  @Test func `there is no room for more than a few large requests`() {
    let text = String(repeating: "x", count: 6 << 20)
    var count = 0
    while server.hasRoom, count < 100 {
      receive(1, Slow.name, thread: Self.a, mode: text)
      count += 1
    }
    #expect(count == 3)
    server.answerAll()
    #expect(answered().count == 3)
    #expect(server.hasRoom)
  }

  /// - Parameters:
  ///   - thread: A thread that the request changes.
  ///   - other: One more.
  private func receive(
    _ id: Int, _ method: String, thread: String? = nil, and other: String? = nil,
    touching: String? = nil, mode: String? = nil
  ) {
    let ids = ["a": Self.a, "b": Self.b, "c": Self.c]
    var touches = [thread, other].compactMap { $0.map { "write \($0)" } }
    if let parts = touching?.split(separator: " ").map(String.init) {
      touches.append(parts.map { ids[$0] ?? $0 }.joined(separator: " "))
    }
    let texts = touches.map { "\"\($0)\"" }.joined(separator: ",")
    let mode = mode.map { ",\"mode\":\"\($0)\"" } ?? ""
    server.receive(
      "{\"id\":\(id),\"method\":\"\(method)\",\"params\":{\"touches\":[\(texts)]\(mode)}}")
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
  /// Such as `write UUID` or `home`.
  var touches: [String] = []
  var mode: String?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("touches", &touches)
    try field("mode", &mode)
  }

  var parsedTouches: Touches {
    touches.reduce(.ownFiles) { touches, text in
      let parts = text.split(separator: " ").map(String.init)
      return switch parts[0] {
      case "read": touches.and(.thread(parts[1], .read))
      case "open": touches.and(.thread(parts[1], .open))
      case "write": touches.and(.thread(parts[1], .write))
      case "others": touches.and(.threadAndOthers(parts[1]))
      case "home": touches.and(.wholeHome)
      case "new": touches.and(.newThread)
      default: touches
      }
    }
  }
}

/// Answers at once.
private enum Quick: Method {
  static let name = "quick"

  static func touches(_ params: Params) -> Touches { params.parsedTouches.inMemory }

  static func respond(to params: Params, _ context: RequestContext) -> Reply<String> {
    .value("quick")
  }
}

/// Answers after work beside the loop, or twice of it.
private enum Slow: Method {
  static let name = "slow"

  static func touches(_ params: Params) -> Touches { params.parsedTouches }

  static func respond(to params: Params, _ context: RequestContext) throws -> Reply<String> {
    switch params.mode {
    case "fail": throw RPCError.noItems
    case "failLater": .after(.ownFiles) { throw RPCError.emptyHistory }
    case "twice": Reply<String>.after(params.parsedTouches) { .value("slow") }.then("told", true)
    case "widens to b":
      .after(.thread(ConcurrentRequestTests.b, .write).inMemory) { .value("slow") }
    case "changes":
      try change(context)
    default: .value(context.cancellation.isCancelled ? "cancelled" : "slow")
    }
  }

  private static func change(_ context: RequestContext) throws -> Reply<String> {
    try context.commit()
    return .after(.ownFiles) { .value("changed") }
  }
}
