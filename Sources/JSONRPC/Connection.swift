package import JSON
import Synchronization

/// Both directions of a connection: which requests of the client have no answer yet, and which of the
/// server's own.
///
/// Each request of the client gets exactly one answer: the first that is given. What comes later for
/// it is dropped, because the client would take it for an answer to something else.
package final class Connection: Sendable {
  /// Stands for one request of the client. Ids cannot: a client may use one twice.
  package struct Ticket: Equatable, Sendable {
    fileprivate let number: Int
  }

  private struct State {
    /// The requests of the client that have no answer, in the order in which they came. There are
    /// few, so they are looked for one by one.
    var open: [OpenRequest] = []
    /// What is done with the answers to the server's own requests, by their ids.
    var sentRequests: [(id: String, handler: AnswerHandler)] = []
    var lastNumber = 0
    var optedOut: Set<String> = []
  }

  private struct OpenRequest {
    let ticket: Ticket
    let id: RequestID
    /// Whether it is too late for the client to cancel the request.
    var isCommitted = false
  }

  private typealias AnswerHandler = @Sendable (Message.Answer) -> Void

  private let outbox: Outbox
  private let now: @Sendable () -> Int64
  private let idPrefix: String
  private let state = Mutex(State())

  /// - Parameters:
  ///   - idPrefix: What the ids of the server's requests begin with.
  ///   - now: The clock, in ms since 1970.
  package init(outbox: Outbox, idPrefix: String = "reprise", now: @escaping @Sendable () -> Int64) {
    self.outbox = outbox
    self.idPrefix = idPrefix
    self.now = now
  }
}

// Requests of the client.
extension Connection {
  /// Takes note of a request that is going to be answered.
  package func accept(_ id: RequestID) -> Ticket {
    state.withLock { state in
      state.lastNumber += 1
      let ticket = Ticket(number: state.lastNumber)
      state.open.append(OpenRequest(ticket: ticket, id: id))
      return ticket
    }
  }

  /// How many requests of the client have no answer.
  package var openCount: Int { state.withLock { $0.open.count } }

  /// Answers with a result; false where the request has its answer already.
  ///
  /// - Parameter write: Writes the result, one JSON value.
  @discardableResult
  package func reply(to ticket: Ticket, _ write: (inout JSONWriter) -> Void) -> Bool {
    guard let id = close(ticket) else { return false }
    outbox.message { out in
      Self.openReply(to: id, &out)
      write(&out)
      out.byte(UInt8(ascii: "}"))
    }
    return true
  }

  /// Answers with a result that need not fit into memory; false where the request has its answer
  /// already, and then nothing is written.
  ///
  /// - Parameter write: Writes one JSON value. It has no way to fail: what can fail is checked
  ///   before the first byte, so that the client never gets half an answer.
  @discardableResult
  package func reply(
    to ticket: Ticket, streaming write: (inout ResponseStream) -> Void
  ) -> Bool {
    guard let id = close(ticket) else { return false }
    outbox.longMessage { stream in
      Self.openReply(to: id, &stream.json)
      write(&stream)
      stream.json.byte(UInt8(ascii: "}"))
    }
    return true
  }

  /// Answers with an error; false where the request has its answer already.
  @discardableResult
  package func fail(_ ticket: Ticket, _ error: RPCError) -> Bool {
    guard let id = close(ticket) else { return false }
    outbox.message { out in
      out.literal("{\"error\":")
      error.write(to: &out)
      out.literal(",\"id\":")
      id.write(to: &out)
      out.byte(UInt8(ascii: "}"))
    }
    return true
  }

  /// Makes sure that a request is not cancelled any more, before it changes anything.
  ///
  /// - Returns: False where it was cancelled.
  package func commit(_ ticket: Ticket) -> Bool {
    state.withLock { state in
      guard let index = state.open.firstIndex(where: { $0.ticket == ticket }) else { return false }
      state.open[index].isCommitted = true
      return true
    }
  }

  /// Finds a request that can still be cancelled; of several with one id, the first. Nil where there
  /// is none.
  package func cancellable(_ id: RequestID) -> Ticket? {
    state.withLock { state in
      state.open.first { $0.id == id && !$0.isCommitted }?.ticket
    }
  }

  private func close(_ ticket: Ticket) -> RequestID? {
    state.withLock { state in
      let index = state.open.firstIndex { $0.ticket == ticket }
      return index.map { state.open.remove(at: $0).id }
    }
  }

  private static func openReply(to id: RequestID, _ out: inout JSONWriter) {
    out.literal("{\"id\":")
    id.write(to: &out)
    out.literal(",\"result\":")
  }
}

// What the server says and asks on its own.
extension Connection {
  /// Leaves out notifications with these methods from now on.
  package func optOut(of methods: Set<String>) {
    state.withLock { $0.optedOut = methods }
  }

  /// Tells the client something that it did not ask for, unless it opted out of that.
  package func notify(_ method: String, _ params: some WireValue) {
    guard state.withLock({ !$0.optedOut.contains(method) }) else { return }
    outbox.message { out in
      out.literal("{\"method\":")
      out.string(method)
      out.literal(",\"params\":")
      params.write(to: &out)
      out.literal(",\"emittedAtMs\":")
      out.integer(now())
      out.byte(UInt8(ascii: "}"))
    }
  }

  /// Asks the client for something.
  ///
  /// - Parameter receive: Called once with the answer, on the thread that calls `receive`; never if
  ///   the client does not answer. A result of another shape is an error.
  package func ask<Answer: WireValue>(
    _ method: String, _ params: some WireValue,
    then receive: @escaping @Sendable (Result<Answer, RPCError>) -> Void
  ) {
    let id = state.withLock { state in
      state.lastNumber += 1
      let id = "\(idPrefix)-\(state.lastNumber)"
      state.sentRequests.append((id, { receive(Result($0)) }))
      return id
    }
    outbox.message { out in
      out.literal("{\"id\":")
      out.string(id)
      out.literal(",\"method\":")
      out.string(method)
      out.literal(",\"params\":")
      params.write(to: &out)
      out.byte(UInt8(ascii: "}"))
    }
  }

  /// Hands an answer of the client to whoever sentRequests; one that nobody waits for is dropped.
  ///
  /// - Returns: Whether somebody waited for it.
  @discardableResult
  package func receive(_ answer: Message.Answer, to id: RequestID) -> Bool {
    guard case .string(let id) = id else { return false }
    let handler = state.withLock { state in
      let index = state.sentRequests.firstIndex { $0.id == id }
      return index.map { state.sentRequests.remove(at: $0).handler }
    }
    handler?(answer)
    return handler != nil
  }
}

extension Result where Success: WireValue, Failure == RPCError {
  fileprivate init(_ answer: Message.Answer) {
    switch answer {
    case .error(let error): self = .failure(error)
    case .result(let json):
      do throws(JSONError) { self = .success(try Success(json: json)) } catch {
        self = .failure(RPCError(code: 0, message: error.message))
      }
    }
  }
}
