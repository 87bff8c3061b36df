import JSON
import Platform
import Synchronization
import Testing

@testable import JSONRPC

@Suite struct ConnectionTests {
  private let sent = Sent()
  private let connection: Connection

  init() {
    connection = Connection(
      outbox: Outbox(send: { [sent] in sent.add($0) }), idPrefix: "own", now: { 1234 })
  }

  @Test func `a request is answered with a result or an error`() {
    connection.reply(to: connection.accept(.integer(1))) { ["a"].write(to: &$0) }
    connection.reply(to: connection.accept(.integer(2)), streaming: { $0.json.integer(5) })
    connection.fail(
      connection.accept(.string("x")), RPCError(code: -1, message: "m", data: RawJSON(true)))
    #expect(
      sent.parts == [
        #"{"id":1,"result":["a"]}"# + "\n", #"{"id":2,"result":5}"# + "\n",
        #"{"error":{"code":-1,"message":"m","data":true},"id":"x"}"# + "\n",
      ])
    #expect(connection.openCount == 0)
  }

  @Test func `a request gets its first answer and no other, whatever is tried`() {
    let error = RPCError(code: 1, message: "late")
    for answer in 0..<3 {
      let ticket = connection.accept(.integer(1))
      #expect(connection.openCount == 1)
      switch answer {
      case 0: connection.reply(to: ticket) { true.write(to: &$0) }
      case 1: connection.reply(to: ticket, streaming: { $0.json.integer(1) })
      default: connection.fail(ticket, error)
      }
      #expect(sent.takeAll().count == 1)
      #expect(
        !connection.reply(to: ticket) { (out: inout JSONWriter) in out.literal("never") })
      #expect(
        !connection.reply(
          to: ticket, streaming: { _ in Issue.record("there is nothing to write") }))
      #expect(!connection.fail(ticket, error))
      #expect(connection.cancel(.integer(1), error) == nil)
      #expect(!connection.commit(ticket))
      #expect(sent.parts.isEmpty)
    }
  }

  @Test func `two requests of one id are two`() {
    let first = connection.accept(.integer(1))
    let second = connection.accept(.integer(1))
    #expect(connection.cancel(.integer(3), RPCError(code: 1, message: "m")) == nil)
    connection.reply(to: first) { $0.string("a") }
    connection.reply(to: second) { $0.string("b") }
    #expect(sent.parts == [#"{"id":1,"result":"a"}"# + "\n", #"{"id":1,"result":"b"}"# + "\n"])
  }

  @Test func `what is about to change something is not cancelled any more`() {
    let ticket = connection.accept(.integer(1))
    #expect(connection.commit(ticket))
    #expect(connection.cancel(.integer(1), RPCError(code: 1, message: "m")) == nil)
    #expect(connection.reply(to: ticket) { true.write(to: &$0) })
  }

  @Test func `a request that was cancelled is answered by that, and changes nothing`() {
    let first = connection.accept(.integer(1))
    let second = connection.accept(.integer(1))
    #expect(connection.cancel(.integer(1), RPCError(code: 1, message: "m")) == first)
    #expect(sent.takeAll() == [#"{"error":{"code":1,"message":"m"},"id":1}"# + "\n"])
    #expect(!connection.commit(first))
    #expect(connection.commit(second))
  }

  @Test func `a request is either cancelled or carried out, whoever is first`() {
    let pool = ThreadPool(limit: 2)
    let done = Semaphore()
    let connection = connection
    for number in 0..<2000 {
      let ticket = connection.accept(.integer(Int128(number)))
      let committed = Flag()
      pool.run {
        committed.isSet.withLock { $0 = connection.commit(ticket) }
        done.signal()
      }
      let error = RPCError(code: 1, message: "m")
      let isCancelled = connection.cancel(.integer(Int128(number)), error) != nil
      done.wait()
      #expect(committed.isSet.withLock { $0 } != isCancelled)
      connection.reply(to: ticket) { (out: inout JSONWriter) in out.literal("1") }
    }
    #expect(sent.parts.count == 2000)
  }

  @Test func `notifications that the client opted out of are not sent`() {
    connection.optOut(of: ["a/b", "unknown"])
    connection.notify("a/b", true)
    connection.notify("a/c", true)
    #expect(sent.parts == [#"{"method":"a/c","params":true,"emittedAtMs":1234}"# + "\n"])
  }

  @Test func `the client is asked, and its answer goes to who asked`() throws {
    let answers = Answers()
    connection.ask("ask/a", ["x"]) { answers.add($0) }
    connection.ask("ask/b", ["y"]) { answers.add($0) }
    #expect(
      sent.parts == [
        #"{"id":"own-1","method":"ask/a","params":["x"]}"# + "\n",
        #"{"id":"own-2","method":"ask/b","params":["y"]}"# + "\n",
      ])
    try receive(#"{"id":"own-2","result":"two"}"#)
    try receive(#"{"id":"own-1","error":{"code":-5,"message":"no"}}"#)
    #expect(answers.texts == ["two", "-5 no"])
  }

  @Test func `an answer of another shape is an error`() throws {
    let answers = Answers()
    connection.ask("ask/a", true) { answers.add($0) }
    try receive(#"{"id":"own-1","result":5}"#)
    #expect(answers.texts == ["0 invalid type: integer `5`, expected a string"])
  }

  @Test(arguments: ["own-1", "own-9", "reprise-1"])
  func `an answer that nobody waits for is dropped`(_ id: String) throws {
    let answers = Answers()
    connection.ask("ask/a", true) { answers.add($0) }
    try receive(#"{"id":"own-1","result":"one"}"#)
    #expect(try !receive(#"{"id":"\#(id)","result":"again"}"#))
    #expect(try !receive(#"{"id":1,"result":"again"}"#))
    #expect(answers.texts == ["one"])
  }

  @discardableResult
  private func receive(_ line: String) throws -> Bool {
    try withJSON(Array(line.utf8)) { (json) throws(JSONError) in
      guard case .response(let id, let answer) = try Message(json) else { return false }
      return connection.receive(answer, to: id)
    }
  }

  private final class Flag: Sendable { let isSet = Mutex(false) }

  /// What came back, in the order in which it came.
  private final class Answers: Sendable {
    private let all = Mutex<[String]>([])

    var texts: [String] { all.withLock { $0 } }

    func add(_ answer: Result<String, RPCError>) {
      let text =
        switch answer {
        case .success(let text): text
        case .failure(let error): "\(error.code) \(error.message)"
        }
      all.withLock { $0.append(text) }
    }
  }
}
