import JSON
package import JSONRPC
import Library
package import Platform
package import Settings

/// Answers the requests of one client.
///
/// The server is a state machine that is driven by `handle` on the loop's thread. It decodes
/// requests and decides about their order. The work is done on other threads, which also send the
/// answers, so that no request delays another one.
package final class Server {
  let session: Session
  private let methods: MethodTable
  private let workers: Workers
  private let finished = FinishedWork()
  private var queue = RequestQueue()
  private let parser = JSONParser()
  private var hasEnded = false
  /// The number of the request that was started last, if it may be answered very soon, because it is
  /// about particular threads. The loop waits a moment for it before it reads more lines, so that
  /// most answers keep the order of their requests.
  private var expected: Int?
  /// Whether the loop waits for such requests. After a wait in vain it does not, until everything
  /// that was accepted is answered.
  private var keepsOrder: Bool

  /// The number of unanswered requests at which no more lines are read, so that memory is bounded.
  private static let capacity = 1024
  /// The size of the params of all unanswered requests at which no more lines are read, in bytes.
  private static let sizeLimit = 16 << 20

  /// Creates a server.
  ///
  /// - Parameters:
  ///   - host: The machine and the process.
  ///   - settings: The settings of the user.
  ///   - outbox: The outbox for messages to the client.
  ///   - now: The clock, in milliseconds since 1970.
  ///   - workers: The threads that do the work.
  ///   - methods: The methods that the server answers.
  package init(
    host: HostInfo, settings: Settings, outbox: Outbox, now: @escaping @Sendable () -> Int64,
    workers: Workers, log: Log, methods: MethodTable = .standard
  ) {
    self.methods = methods
    self.workers = workers
    keepsOrder = workers.orderTimeout > 0
    session = Session(
      host: host, settings: settings, connection: Connection(outbox: outbox, now: now),
      helpers: workers.helpers, log: log)
  }

  /// Handles an event.
  package func handle(_ event: LoopEvent) {
    switch event {
    case .line(let line): receive(line)
    case .longLine(let beginning): refuse(beginning)
    case .finishedWork: finishWork()
    case .timeout:
      expected = nil
      keepsOrder = false
    case .endOfInput, .termination:
      hasEnded = true
      finishWork()  // A wake can come together with the end, and be taken for it.
    }
    if isIdle { keepsOrder = workers.orderTimeout > 0 }
  }

  /// Unloads all threads, which releases their writer locks.
  package func close() { session.loadedThreads.removeAll() }

  /// The events that the server waits for.
  package var wait: LoopWait {
    if hasEnded { return isIdle ? .nothing : .work(milliseconds: nil) }
    if !hasRoom { return .work(milliseconds: nil) }
    return expected == nil ? .anything : .work(milliseconds: workers.orderTimeout)
  }

  /// Whether all accepted requests are answered.
  package var isIdle: Bool { queue.count == 0 }

  /// Whether another line can be read before a request is answered.
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

  /// Answers a request whose line was too long to be kept.
  private func refuse(_ beginning: ArraySlice<UInt8>) {
    session.log.warn("passed over a line that is too long")
    session.connection.refuse(
      beginning.withUnsafeBufferPointer { Message.id(inBeginning: $0, using: parser) }, .tooLarge)
  }

  /// Whether a line may be longer than others, by its beginning: a request that holds a history.
  package static func mayHoldHistory(_ beginning: UnsafeBufferPointer<UInt8>) -> Bool {
    var members = JSONMembers(beginning)
    while let (name, value) = members.next() {
      if name.equals("method"), !value.equals("\"thread/resume\"") { return false }
    }
    return beginning.contains("\"history\"")
  }

  private func handle(_ message: Message) {
    switch message {
    case .request(let id, let method, let params): accept(id, method, params)
    case .notification("$/cancelRequest", let params): cancel(RequestID(params?["id"]))
    case .notification: break
    case .response(let id, let answer): session.connection.receive(answer, to: id)
    }
  }

  /// Skips a line that is not a message. Such a line gets no answer, unless it is a request in which
  /// only a value is not allowed.
  private func skip(_ line: UnsafeBufferPointer<UInt8>, because error: JSONError) {
    if line.allSatisfy({ $0 <= UInt8(ascii: " ") }) { return }
    if error.isOfValue, let id = Message.requestID(inUnparsed: line, using: parser) {
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
    // The errors in a request take precedence over a missing handshake (PROTOCOL.md 2).
    if session.client == nil, !M.isHandshake { throw .notInitialized }
    let touches = M.touches(params)
    let context = RequestContext(
      session: session, ticket: ticket, touches: touches, cancellation: Cancellation(),
      queueCounts: (queue.runningCount, queue.waitingCount))
    return PendingRequest(
      ticket, number: queue.nextNumber(), touches, size: json?.text.count ?? 0,
      context.cancellation, work: M.work(params, context))
  }

  /// Starts the next work of a request now, or adds the request to those that wait.
  private func proceed(_ request: PendingRequest) {
    if queue.isBlocked(request) { queue.wait(request) } else { start(request) }
  }

  /// Runs the next work of a request: on this thread if it needs no file, or shows a thread that is
  /// in memory, else on another one.
  private func start(_ request: PendingRequest) {
    queue.run(request)
    let (number, work) = (request.number, request.work)
    if request.touches.isInMemory { return finish(number, work(nil)) }
    if let (thread, needsName) = request.touches.shownThread,
      let snapshot = session.loadedSnapshot(of: thread, needsName: needsName)
    {
      return finish(number, work(snapshot))
    }
    workers.run { [finished, wake = workers.wake] in
      finished.add(number, work(nil))
      wake()
    }
    if keepsOrder, request.touches.isAboutThreads { expected = number }
  }

  private func finishWork() {
    for (number, progress) in finished.takeAll() { finish(number, progress) }
    while let request = queue.nextUnblocked() { start(request) }
  }

  private func finish(_ number: Int, _ progress: RequestProgress) {
    if number == expected { expected = nil }
    guard let request = queue.finish(number), !request.cancellation.isCancelled,
      case .waits(let touches, let work) = progress
    else { return }
    request.touches = touches
    request.work = work
    proceed(request)
  }

  private func cancel(_ id: RequestID?) {
    guard let id, let ticket = session.connection.cancel(id, .cancelled) else { return }
    queue.cancel(ticket)
    finishWork()
  }
}
