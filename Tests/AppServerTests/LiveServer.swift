import JSONRPC
import Platform
import Settings
import Synchronization

@testable import AppServer

/// A server with threads of its own for its work, whose loop is the thread of the test.
final class LiveServer {
  private let server: Server
  private let received = Received()
  private let woken: Semaphore

  /// What the client has got, a line an element.
  private final class Received: Sendable {
    let lines = Mutex<[String]>([])
  }

  init(home: String) throws {
    var host = TestServer.host
    host.home = home
    host.directory = home
    let woken = Semaphore()
    self.woken = woken
    server = Server(
      host: host, settings: try Settings(home: home),
      outbox: Outbox(send: { [received] bytes in
        let line = String(decoding: bytes, as: UTF8.self)
        received.lines.withLock { $0.append(line) }
      }),
      now: { 0 }, workers: .standard(wake: { woken.signal() }), log: .silent)
    send(0, "initialize", #""clientInfo":{"name":"t","version":"1"}"#)
  }

  func send(_ id: Int, _ method: String, _ params: String = "") {
    let line = #"{"id":\#(id),"method":"\#(method)","params":{\#(params)}}"#
    server.handle(.line(Array(line.utf8)[...]))
  }

  /// The answer to a request; nil as long as there is none.
  func answer(_ id: Int) -> String? {
    received.lines.withLock { lines in
      lines.first { $0.hasPrefix(#"{"id":\#(id),"#) || $0.hasSuffix("\"id\":\(id)}\n") }
    }
  }

  /// Goes on until everything is answered.
  func answerAll() {
    while !server.isIdle {
      woken.wait()
      server.handle(.finishedWork)
    }
  }
}
