import JSONRPC
import Platform
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

  private final class Sent: Sendable {
    let parts = Mutex<[[UInt8]]>([])
  }

  private final class Pending: Sendable {
    let work = Mutex<[ThreadPool.Work]>([])
  }

  private static let helpers = ThreadPool(limit: 2)

  static let host = HostInfo(
    home: "/home/dev/.codex", directory: "/home/dev", operatingSystem: "Debian 12.0.0",
    architecture: "x86_64",
    platform: "linux", terminal: "xterm")

  init(
    host: HostInfo = host, methods: MethodTable = .standard,
    log: Log = .silent
  ) throws {
    let workers = Workers(
      run: { [pending] work in pending.work.withLock { $0.append(work) } }, wake: {},
      helpers: Self.helpers, orderTimeout: 0)
    server = Server(
      host: host, settings: try Settings(home: host.home),
      outbox: Outbox(send: { [sent] part in sent.parts.withLock { $0.append(part) } }),
      now: { 1_767_614_400_000 }, workers: workers, log: log, methods: methods)
  }

  /// Whether the server takes another line.
  var hasRoom: Bool { server.wait != .work(milliseconds: nil) }

  func receive(_ line: String) { server.handle(.line(Array(line.utf8)[...])) }

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
    server.handle(.finishedWork)
  }

  /// Does a piece of work; the server does not learn of it yet.
  func doWorkUnnoticed(at index: Int = 0) {
    pending.work.withLock { $0.remove(at: index) }()
  }

  /// Does all work until everything is answered.
  func answerAll() {
    server.handle(.finishedWork)
    while !server.isIdle { doWork() }
  }

  /// What was sent since the last call, a line an element, without line ends.
  func takeSent() -> [String] {
    takeSentParts().map { String(decoding: $0.dropLast(), as: UTF8.self) }
  }

  /// The same in the parts in which it was sent, long lines in several.
  func takeSentParts() -> [[UInt8]] {
    sent.parts.withLock { parts in
      defer { parts = [] }
      return parts
    }
  }
}
