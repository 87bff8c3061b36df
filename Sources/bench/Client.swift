import AppServer
import JSON
import JSONRPC
import Settings
import System

/// A client in the process of the server, which sends one request after the other.
final class Client {
  private let server: Server
  private let received = Received()

  /// The bytes that the server sent since the last request.
  private final class Received {
    var size = 0
    var beginning: [UInt8] = []

    func add(_ bytes: [UInt8]) {
      size += bytes.count
      beginning += bytes.prefix(Answer.keptSize - beginning.count)
    }
  }

  struct Answer {
    /// The size of the answer and of the notifications behind it, in bytes.
    let size: Int
    /// The first bytes of the answer, at most `keptSize`.
    let beginning: [UInt8]

    /// The number of bytes that are kept; a page of a list is shorter.
    static let keptSize = 1 << 20

    /// The cursor of the next page of a list; nil on the last page.
    var nextCursor: String? {
      get throws {
        try withJSON(beginning) { (json) throws(JSONError) in
          json["result"]?["nextCursor"]?.asString
        }
      }
    }
  }

  /// An error from the server.
  struct Refusal: Error, CustomStringConvertible {
    let description: String
  }

  /// Starts a server and initializes the connection.
  init(home: String) throws {
    let outbox = Outbox(now: WallClock.now, send: { [received] in received.add($0) })
    server = Server(
      host: .current(home: home), settings: try Settings(home: home), outbox: outbox,
      worker: Worker(wake: Input.wake), log: Log(.off) { _ in })
    let me = WireMap([("name", "bench"), ("version", "1")])
    _ = try request("initialize", WireMap([("clientInfo", me)]))
  }

  /// Sends a request and waits for its answer.
  ///
  /// - Throws: `Refusal` if the server answers with an error.
  func request(_ method: String, _ params: some WireValue) throws -> Answer {
    (received.size, received.beginning) = (0, [])
    var line = JSONWriter()
    line.literal(#"{"id":1,"method":"#)
    line.string(method)
    line.literal(#","params":"#)
    params.write(to: &line)
    line.literal("}")
    server.receive(line.bytes[...])
    server.endOfInput(waitingWith: Input.waitUntilWoken)
    if received.beginning.starts(with: #"{"error":"#.utf8) {
      throw Refusal(description: String(decoding: received.beginning, as: UTF8.self))
    }
    return Answer(size: received.size, beginning: received.beginning)
  }
}
