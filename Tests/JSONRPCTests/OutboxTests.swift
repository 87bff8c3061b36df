import JSON
import Testing

@testable import JSONRPC

@Suite struct OutboxTests {
  /// Everything that an outbox sent, one element per call.
  private final class Sent {
    var parts: [String] = []
  }

  private let sent = Sent()

  private func makeOutbox() -> Outbox {
    Outbox(
      now: { 1234 },
      send: { [sent] in sent.parts.append(String(decoding: $0, as: UTF8.self)) })
  }

  @Test func `each message is sent at once, in order, on a line of its own`() {
    var outbox = makeOutbox()
    outbox.reply(to: .integer(1), ["a"])
    outbox.notify("thread/started", true)
    outbox.fail(.string("x"), .notInitialized)
    #expect(
      sent.parts == [
        #"{"id":1,"result":["a"]}"# + "\n",
        #"{"method":"thread/started","params":true,"emittedAtMs":1234}"# + "\n",
        #"{"error":{"code":-32600,"message":"Not initialized","data":{"reason":"notInitialized"}},"#
          + #""id":"x"}"# + "\n",
      ])
  }

  @Test func `notifications that the client opted out of are not sent`() {
    var outbox = makeOutbox()
    outbox.optedOut = ["a/b", "unknown"]
    outbox.notify("a/b", true)
    outbox.notify("a/c", true)
    #expect(sent.parts == [#"{"method":"a/c","params":true,"emittedAtMs":1234}"# + "\n"])
  }

  @Test func `a streamed answer up to the limit is sent in one piece`() {
    var outbox = makeOutbox()
    outbox.reply(to: .integer(1)) { write(60, to: &$0) }
    #expect(sent.parts == [#"{"id":1,"result":\#(array(60))}"# + "\n"])
  }

  @Test func `a longer one is sent in bounded parts with nothing in between`() {
    var outbox = makeOutbox()
    outbox.reply(to: .integer(1)) { write(1000, to: &$0) }
    outbox.reply(to: .integer(2), true)
    #expect(sent.parts.count > 10)
    #expect(sent.parts.allSatisfy { $0.utf8.count <= ResponseStream.limit + 1100 })
    let first = #"{"id":1,"result":\#(array(1000))}"# + "\n"
    let second = #"{"id":2,"result":true}"# + "\n"
    #expect(sent.parts.joined() == first + second)
  }

  @Test func `text that was made elsewhere goes out with a short answer`() {
    var outbox = makeOutbox()
    outbox.reply(to: .integer(1)) { stream in
      stream.json.byte(UInt8(ascii: "["))
      stream.pause(&stream.json, before: Array("1,2".utf8))
      stream.json.byte(UInt8(ascii: "]"))
    }
    #expect(sent.parts == [#"{"id":1,"result":[1,2]}"# + "\n"])
  }

  @Test func `text that was made elsewhere goes out as it is if it is long`() {
    var outbox = makeOutbox()
    let long = array(64)
    outbox.reply(to: .integer(1)) { $0.pause(&$0.json, before: Array(long.utf8)) }
    #expect(sent.parts == [#"{"id":1,"result":"#, long, "}\n"])
  }

  /// So many kilobytes as an array of strings.
  private func write(_ kilobytes: Int, to stream: inout ResponseStream) {
    stream.json.byte(UInt8(ascii: "["))
    for index in 0..<kilobytes {
      if index > 0 { stream.json.byte(UInt8(ascii: ",")) }
      stream.json.string(String(repeating: "k", count: 1021))
      stream.pause(&stream.json)
    }
    stream.json.byte(UInt8(ascii: "]"))
  }

  private func array(_ kilobytes: Int) -> String {
    let string = "\"" + String(repeating: "k", count: 1021) + "\""
    return "[" + Array(repeating: string, count: kilobytes).joined(separator: ",") + "]"
  }
}
