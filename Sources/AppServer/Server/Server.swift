import JSON
package import JSONRPC
import Rollouts
package import Settings
import System

/// Answers the requests of one client.
///
/// A synchronous state machine: lines come in through `receive`, what there is to say goes to
/// `outbox`, and everything happens on the thread that calls. Only `Reply.later` does work
/// elsewhere, of which the loop learns by being woken and calling `finishWork`.
package final class Server {
  package var outbox: Outbox
  let host: HostInfo
  /// What the user's files and options say.
  let settings: Settings
  let store: RolloutStore
  let catalog: ThreadCatalog
  let recentThreads = RecentThreads()
  let log: Log
  var loadedThreads = LoadedThreads()
  /// Which kinds of loss of each thread the client was told of: each is told once.
  var toldLosses: [UUID: Set<ThreadLoss.Kind>] = [:]
  /// Losses that turned up while an answer was being written; they are told right behind it.
  let lateLosses = LateLosses()
  /// Who is asking; nil before the handshake.
  var client: ClientInfo?
  private(set) var unanswered = RequestQueue()

  private let methods: MethodTable
  let worker: Worker
  private let parser = JSONParser()

  /// More requests than this are not accepted at a time, so that memory stays bounded.
  private static let capacity = 1024
  /// Nor are further ones when those at hand have params of this size, in bytes.
  private static let sizeLimit = 16 << 20

  package convenience init(
    host: HostInfo, settings: Settings, outbox: Outbox, worker: Worker, log: Log
  ) {
    self.init(
      host: host, settings: settings, outbox: outbox, worker: worker, log: log, methods: .standard)
  }

  init(
    host: HostInfo, settings: Settings, outbox: Outbox, worker: Worker, log: Log,
    methods: MethodTable
  ) {
    self.methods = methods
    self.host = host
    self.settings = settings
    store = RolloutStore(home: host.home)
    catalog = ThreadCatalog(
      store: store, worker: worker, serverDirectory: host.directory,
      modelProvider: settings.modelProvider)
    self.outbox = outbox
    self.worker = worker
    self.log = log
  }

  /// Handles one line from the client.
  package func receive(_ line: ArraySlice<UInt8>) {
    line.withUnsafeBufferPointer { bytes in
      do throws(JSONError) {
        handle(try Message(try parser.parse(bytes)))
      } catch {
        skip(bytes, because: error)
      }
    }
  }

  /// Whether another line may be received before work is finished.
  package var hasRoom: Bool {
    unanswered.count < Self.capacity && unanswered.size < Self.sizeLimit
  }

  /// Answers the requests whose work is done, and those that waited for them.
  package func finishWork() {
    for ticket in worker.takeFinished() {
      guard let request = unanswered.finish(ticket), !request.cancellation.isCancelled else {
        continue
      }
      advance(request)
    }
    advanceUnblocked()
  }

  /// Answers everything that was accepted.
  ///
  /// - Parameter wait: Returns when a worker has called `wake`.
  package func endOfInput(waitingWith wait: () -> Void) {
    finishWork()  // The last `wake` may have come together with the end, and been taken for it.
    while unanswered.count > 0 {
      wait()
      finishWork()
    }
  }

  /// Answers a request, or starts the work that the answer needs.
  func settle<Response>(_ request: Request, with reply: Reply<Response>) {
    switch reply {
    case .now(let response):
      outbox.reply(to: request.id, response)
      noteEnd(of: request)
    case .streamed(let write):
      outbox.reply(to: request.id, streaming: write)
      tellLateLosses()
      noteEnd(of: request)
    case .deferred(let work, let finish):
      request.step = { (request, server) throws(RPCError) in
        server.settle(request, with: try finish(server))
      }
      let cancellation = request.cancellation
      worker.start(unanswered.run(request)) { work(cancellation) }
    case .widened(let touched, let finish):
      request.touched = touched
      request.step = { (request, server) throws(RPCError) in
        server.settle(request, with: try finish(server))
      }
      proceed(request)
    case .followed(let reply, let follow):
      settle(request, with: reply)
      follow(self)
    }
  }
}

extension Server {
  private func handle(_ message: Message) {
    switch message {
    case .request(let id, let method, let params):
      log.debug("request: \(methods[method]?.name ?? "unknown method")")
      do throws(RPCError) {
        guard let method = methods[method] else {
          throw .unknownMethod(method, known: methods.names)
        }
        let request = try method.request(id, params, on: self)
        unanswered.number(request)
        proceed(request)
      } catch {
        outbox.fail(id, error)
      }
    case .notification("$/cancelRequest", let params):
      cancel(RequestID(params?["id"]))
    case .notification, .response:
      break
    }
  }

  /// A line that is no message gets no answer, except for a request that is nested too deeply.
  private func skip(_ line: UnsafeBufferPointer<UInt8>, because error: JSONError) {
    if line.allSatisfy({ $0 <= UInt8(ascii: " ") }) { return }
    if error == .tooDeep, let id = Message.requestID(inUnparsed: line, using: parser) {
      return outbox.fail(id, .malformed(error))
    }
    log.warn("skipped a line of \(line.count) bytes that is no message: \(error.message)")
  }

  /// Goes on with a request, now or when no earlier one is in its way.
  private func proceed(_ request: Request) {
    if unanswered.isBlocked(request) { unanswered.wait(request) } else { advance(request) }
  }

  private func advance(_ request: Request) {
    do throws(RPCError) {
      try request.step(request, self)
    } catch {
      outbox.fail(request.id, error)
      noteEnd(of: request)
    }
  }

  /// What a request may have changed is looked at anew, whatever was known a moment before.
  private func noteEnd(of request: Request) {
    if request.touched.writes { catalog.noteWrite() }
  }

  private func advanceUnblocked() {
    while let request = unanswered.nextUnblocked() { advance(request) }
  }

  private func cancel(_ id: RequestID?) {
    guard let id, let request = unanswered.cancel(id) else { return }
    outbox.fail(request.id, .cancelled)
    advanceUnblocked()
  }
}
