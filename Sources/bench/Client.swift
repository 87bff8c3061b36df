import AppServer
import JSON
import JSONRPC
import Platform
import Settings
import Synchronization

/// A client in the same process, that sends one request after the other.
final class Client {
  private let server: Server
  private let received = Received()

  /// What the server sent since the last request.
  private final class Received: Sendable {
    private let answer = Mutex(Answer(size: 0, beginning: []))

    func add(_ bytes: [UInt8]) {
      answer.withLock { answer in
        answer.size += bytes.count
        answer.beginning += bytes.prefix(Answer.keptSize - answer.beginning.count)
      }
    }

    func take() -> Answer {
      answer.withLock { answer in
        defer { answer = Answer(size: 0, beginning: []) }
        return answer
      }
    }
  }

  struct Answer {
    /// In bytes, with the notifications that followed.
    fileprivate(set) var size: Int
    /// As much of it as is kept.
    fileprivate(set) var beginning: [UInt8]

    /// In bytes; a page of a list is shorter.
    static let keptSize = 1 << 20

    /// What asks for the next page of a list; nil where this was the last one.
    var nextCursor: String? {
      get throws {
        try withJSON(beginning) { (json) throws(JSONError) in
          json["result"]?["nextCursor"]?.asString
        }
      }
    }
  }

  /// An answer that is an error.
  struct Refusal: Error, CustomStringConvertible {
    let description: String
  }

  /// Starts a server and greets it.
  init(home: String) throws {
    server = Server(
      host: .current(home: home), settings: try Settings(home: home),
      outbox: Outbox(send: { [received] in received.add($0) }), now: WallClock.now,
      workers: .standard(wake: Input.wake), log: .silent)
    let me = WireMap([("name", "bench"), ("version", "1")])
    _ = try request("initialize", WireMap([("clientInfo", me)]))
  }

  /// Sends a request and waits for its answer.
  ///
  /// - Throws: `Refusal`.
  func request(_ method: String, _ params: some WireValue) throws -> Answer {
    _ = received.take()
    var line = JSONWriter()
    line.literal(#"{"id":1,"method":"#)
    line.string(method)
    line.literal(#","params":"#)
    params.write(to: &line)
    line.literal("}")
    server.handle(.line(line.bytes[...]))
    while !server.isIdle {
      _ = Input.waitUntilWoken()
      server.handle(.finishedWork)
    }
    let answer = received.take()
    if answer.beginning.starts(with: #"{"error":"#.utf8) {
      throw Refusal(description: String(decoding: answer.beginning, as: UTF8.self))
    }
    return answer
  }
}
