import JSONRPC
import Protocol
import Settings
import Synchronization

@testable import AppServer

/// A server whose answers are kept, whose clock and host never change, and whose work beside the loop
/// is done when the test says so.
final class TestServer {
  let server: Server
  private let sent = Sent()
  private let pending = Pending()

  private final class Sent {
    var parts: [[UInt8]] = []
  }

  private final class Pending: Sendable {
    let work = Mutex<[Worker.Work]>([])
  }

  static let host = HostInfo(
    home: "/home/dev/.codex", directory: "/home/dev", operatingSystem: "Debian 12.0.0",
    architecture: "x86_64",
    platform: "linux", terminal: "xterm")

  init(
    host: HostInfo = host, methods: MethodTable = .standard,
    log: Log = Log(.off, write: { _ in })
  ) throws {
    let outbox = Outbox(
      now: { 1_767_614_400_000 },
      send: { [sent] in sent.parts.append($0) })
    let worker = Worker(
      wake: {}, run: { [pending] work in pending.work.withLock { $0.append(work) } })
    server = Server(
      host: host, settings: try Settings(home: host.home), outbox: outbox, worker: worker, log: log,
      methods: methods)
  }

  func receive(_ line: String) { server.receive(Array(line.utf8)[...]) }

  func initialize(optingOutOf notification: String? = nil) {
    let names = notification.map { "\"\($0)\"" } ?? ""
    receive(
      #"{"id":0,"method":"initialize","params":{"clientInfo":{"name":"t","version":"1"},"#
        + #""capabilities":{"optOutNotificationMethods":[\#(names)]}}}"#)
    _ = takeSent()
  }

  /// How many pieces of work were started and not done.
  var pendingWork: Int { pending.work.withLock { $0.count } }

  /// Does a piece of work, the oldest unless told otherwise, and lets the server go on with it.
  func doWork(at index: Int = 0) {
    doWorkUnnoticed(at: index)
    server.finishWork()
  }

  /// Does a piece of work; the server does not learn of it yet.
  func doWorkUnnoticed(at index: Int = 0) {
    pending.work.withLock { $0.remove(at: index) }()
  }

  func endOfInput() {
    server.endOfInput(waitingWith: { [pending] in pending.work.withLock { $0.removeFirst() }() })
  }

  /// What was sent since the last call, a line an element, without line ends.
  func takeSent() -> [String] {
    takeSentParts().map { String(decoding: $0.dropLast(), as: UTF8.self) }
  }

  /// The same in the parts in which it was sent, long lines in several.
  func takeSentParts() -> [[UInt8]] {
    defer { sent.parts = [] }
    return sent.parts
  }
}
