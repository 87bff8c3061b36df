import JSON
package import JSONRPC
import Library
package import Platform
package import Settings

/// Answers the requests of one client.
///
/// A state machine that is told what happens by `handle`, on one thread: the loop's. It decodes
/// requests, keeps their order, and leaves the work to other threads, which send the answers
/// themselves. So nothing that is done for one request holds up another one.
package final class Server {
  let session: Session
  private let methods: MethodTable
  private let workers: Workers
  private let finished = FinishedWork()
  private var queue = RequestQueue()
  private let parser = JSONParser()
  private var hasEnded = false
  /// Whether the request that came last may be answered in a moment, as one about a small thread is.
  /// Later ones wait so long, so that answers about threads mostly keep their order.
  private var expectsAnswer = false

  /// More requests than this are not accepted at a time, so that memory stays bounded.
  private static let capacity = 1024
  /// Nor are further ones when those at hand have params of this size, in bytes.
  private static let sizeLimit = 16 << 20

  /// - Parameters:
  ///   - outbox: Where messages to the client go.
  ///   - now: The clock, in ms since 1970.
  package init(
    host: HostInfo, settings: Settings, outbox: Outbox, now: @escaping @Sendable () -> Int64,
    workers: Workers, log: Log, methods: MethodTable = .standard
  ) {
    self.methods = methods
    self.workers = workers
    session = Session(
      host: host, settings: settings, connection: Connection(outbox: outbox, now: now),
      helpers: workers.helpers, log: log)
  }

  /// Takes notice of something that happened.
  package func handle(_ event: LoopEvent) {
    expectsAnswer = false
    switch event {
    case .line(let line): receive(line)
    case .finishedWork: finishWork()
    case .timeout: break
    case .endOfInput, .termination: hasEnded = true
    }
  }

  /// Gives back what others may wait for: the locks of the threads that were written.
  package func close() { session.loadedThreads.removeAll() }

  /// What can happen next that the server has to be told of.
  package var wait: LoopWait {
    if hasEnded { return isIdle ? .nothing : .work(milliseconds: nil) }
    if !hasRoom { return .work(milliseconds: nil) }
    return expectsAnswer ? .work(milliseconds: workers.orderTimeout) : .anything
  }

  /// Whether everything that was accepted is answered.
  package var isIdle: Bool { queue.count == 0 }

  /// Whether another line may be received before work is finished.
  private var hasRoom: Bool { queue.count < Self.capacity && queue.size < Self.sizeLimit }
}

// Lines.
extension Server {
  private func receive(_ line: ArraySlice<UInt8>) {
    line.withUnsafeBufferPointer { bytes in
      do throws(JSONError) {
        handle(try Message(try parser.parse(bytes)))
      } catch {
        skip(bytes, because: error)
      }
    }
  }

  private func handle(_ message: Message) {
    switch message {
    case .request(let id, let method, let params): accept(id, method, params)
    case .notification("$/cancelRequest", let params): cancel(RequestID(params?["id"]))
    case .notification: break
    case .response(let id, let answer): session.connection.receive(answer, to: id)
    }
  }

  /// A line that is no message gets no answer, except for a request that is nested too deeply.
  private func skip(_ line: UnsafeBufferPointer<UInt8>, because error: JSONError) {
    if line.allSatisfy({ $0 <= UInt8(ascii: " ") }) { return }
    if error == .tooDeep, let id = Message.requestID(inUnparsed: line, using: parser) {
      let ticket = session.connection.accept(id)
      session.connection.fail(ticket, .malformed(error))
      return
    }
    session.log.warn(
      "skipped a line of \(line.count) bytes that is no message: \(error.message)")
  }
}

// Requests.
extension Server {
  private func accept(_ id: RequestID, _ name: String, _ params: JSONValue?) {
    session.log.debug("request: \(methods[name]?.name ?? "unknown method")")
    let ticket = session.connection.accept(id)
    do throws(RPCError) {
      guard let method = methods[name] else {
        throw .unknownMethod(name, known: methods.names)
      }
      proceed(try pending(ticket, method, params))
    } catch {
      session.connection.fail(ticket, error)
    }
  }

  private func pending<M: Method>(
    _ ticket: Connection.Ticket, _ method: M.Type, _ json: JSONValue?
  ) throws(RPCError) -> PendingRequest {
    let params = try M.decode(json)
    // A request's own faults come before that of coming too early (PROTOCOL.md 2).
    if session.client == nil, !M.isHandshake { throw .notInitialized }
    let touches = M.touches(params)
    let context = RequestContext(
      session: session, ticket: ticket, touches: touches, cancellation: Cancellation(),
      queueCounts: (queue.runningCount, queue.waitingCount))
    return PendingRequest(
      ticket, number: queue.nextNumber(), touches, size: json?.text.count ?? 0,
      context.cancellation, work: M.work(params, context))
  }

  /// Goes on with a request, now or when no earlier one is in its way.
  private func proceed(_ request: PendingRequest) {
    if queue.isBlocked(request) { queue.wait(request) } else { start(request) }
  }

  /// Does what is next for a request: on this thread if that waits for nothing, else on another.
  private func start(_ request: PendingRequest) {
    queue.run(request)
    if needsNoDisk(request.touches) { return finish(request.number, request.work()) }
    let (number, work) = (request.number, request.work)
    workers.run { [finished, wake = workers.wake] in
      finished.add(number, work())
      wake()
    }
    expectsAnswer = queue.runningCount == 1 && request.touches.isAboutThreads
  }

  /// Whether an answer can be given without waiting for a disk: it needs only what the connection knows,
  /// or it shows one thread of which everything is in memory.
  private func needsNoDisk(_ touches: Touches) -> Bool {
    if touches.isInMemory { return true }
    return touches.onlyReadThread.map(session.library.needsNoDisk) ?? false
  }

  private func finishWork() {
    for (number, progress) in finished.takeAll() { finish(number, progress) }
    while let request = queue.nextUnblocked() { start(request) }
  }

  private func finish(_ number: Int, _ progress: RequestProgress) {
    guard let request = queue.finish(number), !request.cancellation.isCancelled,
      case .waits(let touches, let work) = progress
    else { return }
    request.touches = touches
    request.work = work
    proceed(request)
  }

  private func cancel(_ id: RequestID?) {
    guard let id, let ticket = session.connection.cancellable(id) else { return }
    session.connection.fail(ticket, .cancelled)
    queue.cancel(ticket)
    finishWork()
  }
}
