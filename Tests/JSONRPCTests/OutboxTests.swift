import JSON
import Platform
import Synchronization
import Testing

@testable import JSONRPC

@Suite struct OutboxTests {
  private let sent = Sent()
  private let outbox: Outbox

  init() { outbox = Outbox(send: { [sent] in sent.add($0) }) }

  @Test func `each message is sent at once, in order, on a line of its own`() {
    outbox.message { ["a"].write(to: &$0) }
    outbox.message { $0.string("b") }
    #expect(sent.parts == ["[\"a\"]\n", "\"b\"\n"])
  }

  @Test func `a long message up to the limit is sent in one piece`() {
    outbox.longMessage { write(60, to: &$0) }
    #expect(sent.parts == [array(60) + "\n"])
  }

  @Test func `a longer one is sent in bounded parts with nothing in between`() {
    outbox.longMessage { write(1000, to: &$0) }
    outbox.message { $0.integer(2) }
    #expect(sent.parts.count > 10)
    #expect(sent.parts.allSatisfy { $0.utf8.count <= ResponseStream.limit + 1100 })
    #expect(sent.parts.joined() == array(1000) + "\n2\n")
  }

  @Test func `what is said meanwhile follows right behind a long message, in order`() {
    outbox.longMessage { stream in
      for index in 0..<100 {
        write(10, to: &stream)
        outbox.message { $0.integer(index) }
      }
    }
    outbox.message { $0.string("last") }
    let long = String(repeating: array(10), count: 100)
    let short = (0..<100).map { "\($0)\n" }
    #expect(sent.parts.joined() == long + "\n" + short.joined() + "\"last\"\n")
    #expect(sent.parts.suffix(101) == short + ["\"last\"\n"])
  }

  @Test func `whoever has too much to say behind a long message waits for its end`() {
    let pool = ThreadPool(limit: 1)
    let isFull = Semaphore()
    let isDone = Semaphore()
    let outbox = outbox
    outbox.longMessage { stream in
      pool.run {
        for _ in 0..<4 {
          outbox.message { $0.string(String(repeating: "k", count: 400 << 10)) }
          isFull.signal()
        }
        isDone.signal()
      }
      isFull.wait()
      isFull.wait()
      stream.json.string("long")
    }
    isDone.wait()
    #expect(sent.parts.count == 5)
    #expect(sent.parts.first == "\"long\"\n")
  }

  @Test func `a long message that must not wait follows the one that is being sent`() {
    outbox.longMessage { stream in
      outbox.longMessage(followedBy: [{ $0.string("more") }], waiting: false) {
        write(100, to: &$0)
      }
      stream.json.string("first")
    }
    #expect(sent.parts.joined() == "\"first\"\n" + array(100) + "\n\"more\"\n")
  }

  @Test func `messages of many threads are whole, and none is lost`() {
    let pool = ThreadPool(limit: 4)
    let outbox = outbox
    pool.forEach(400) { index in
      if index.isMultiple(of: 3) {
        outbox.longMessage { stream in
          for _ in 0..<20 {
            stream.json.integer(index)
            stream.json.string(String(repeating: "x", count: 4000))
            stream.pause(&stream.json)
          }
        }
      } else {
        outbox.message { $0.integer(index) }
      }
    }
    let lines = sent.parts.joined().split(separator: "\n")
    #expect(lines.count == 400)
    for line in lines {
      let pieces = line.split(separator: "\"").filter { !$0.hasPrefix("x") }
      #expect(Set(pieces).count == 1, "one message is made of the pieces of one thread")
    }
  }

  @Test func `text that was made elsewhere goes out with a short message`() {
    outbox.longMessage { stream in
      stream.json.byte(UInt8(ascii: "["))
      stream.pause(&stream.json, before: Array("1,2".utf8))
      stream.json.byte(UInt8(ascii: "]"))
    }
    #expect(sent.parts == ["[1,2]\n"])
  }

  @Test func `text that was made elsewhere goes out as it is if it is long`() {
    let long = array(64)
    outbox.longMessage { stream in
      stream.json.byte(UInt8(ascii: "["))
      stream.pause(&stream.json, before: Array(long.utf8))
      stream.json.byte(UInt8(ascii: "]"))
    }
    #expect(sent.parts == ["[", long, "]\n"])
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
