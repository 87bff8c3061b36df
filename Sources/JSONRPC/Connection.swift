package import JSON
import Synchronization

/// A JSON-RPC connection: the requests of the client and of the server that have no answer yet.
///
/// Each request of the client gets exactly one answer, the first. Later answers are dropped,
/// because the client would assign them to another request.
package final class Connection: Sendable {
  /// Identifies a request of the client. Ids cannot do that, because a client may use an id twice.
  package struct Ticket: Equatable, Sendable {
    fileprivate let number: Int
  }

  private struct State {
    /// The requests of the client without an answer, in the order of their arrival. There are few,
    /// so they are searched linearly.
    var open: [OpenRequest] = []
    /// The handlers of the answers to the server's own requests, with the ids of these requests.
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

  /// Creates a connection.
  ///
  /// - Parameters:
  ///   - outbox: The outbox that messages to the client are written to.
  ///   - idPrefix: The beginning of the ids of the server's own requests.
  ///   - now: The clock, in milliseconds since 1970.
  package init(outbox: Outbox, idPrefix: String = "reprise", now: @escaping @Sendable () -> Int64) {
    self.outbox = outbox
    self.idPrefix = idPrefix
    self.now = now
  }
}

// Requests of the client.
extension Connection {
  /// Registers a request that will be answered.
  package func accept(_ id: RequestID) -> Ticket {
    state.withLock { state in
      state.lastNumber += 1
      let ticket = Ticket(number: state.lastNumber)
      state.open.append(OpenRequest(ticket: ticket, id: id))
      return ticket
    }
  }

  /// The number of requests of the client without an answer.
  package var openCount: Int { state.withLock { $0.open.count } }

  /// Answers a request with a result.
  ///
  /// - Parameters:
  ///   - notifications: Follow the answer, with no other message between them.
  ///   - write: Writes the result, one JSON value.
  /// - Returns: False if the request was answered before. Nothing is written then.
  @discardableResult
  package func reply(
    to ticket: Ticket, followedBy notifications: [Notification] = [],
    _ write: (inout JSONWriter) -> Void
  ) -> Bool {
    guard let id = close(ticket) else { return false }
    outbox.message(followedBy: wanted(notifications)) { out in
      Self.openReply(to: id, &out)
      write(&out)
      out.byte(UInt8(ascii: "}"))
    }
    return true
  }

  /// Answers a request with a result that need not fit into memory.
  ///
  /// - Parameters:
  ///   - notifications: Follow the answer, with no other message between them.
  ///   - waiting: Whether the call waits for the end of another long message. If not, the answer may
  ///     be written into memory.
  ///   - write: Writes one JSON value. It cannot fail: whatever can fail is checked before the first
  ///     byte, so that the client never gets half an answer.
  /// - Returns: False if the request was answered before. Nothing is written then.
  @discardableResult
  package func reply(
    to ticket: Ticket, followedBy notifications: [Notification] = [], waiting: Bool = true,
    streaming write: (inout ResponseStream) -> Void
  ) -> Bool {
    guard let id = close(ticket) else { return false }
    outbox.longMessage(followedBy: wanted(notifications), waiting: waiting) { stream in
      Self.openReply(to: id, &stream.json)
      write(&stream)
      stream.json.byte(UInt8(ascii: "}"))
    }
    return true
  }

  /// Answers a request with an error.
  ///
  /// - Returns: False if the request was answered before. Nothing is written then.
  @discardableResult
  package func fail(_ ticket: Ticket, _ error: RPCError) -> Bool {
    guard let id = close(ticket) else { return false }
    send(error, to: id)
    return true
  }

  /// Makes a request impossible to cancel, before it changes anything.
  ///
  /// - Returns: False if the request was cancelled already.
  package func commit(_ ticket: Ticket) -> Bool {
    state.withLock { state in
      guard let index = state.open.firstIndex(where: { $0.ticket == ticket }) else { return false }
      state.open[index].isCommitted = true
      return true
    }
  }

  /// Answers a request with an error, unless it was answered or committed before. Of several requests
  /// with one id, the first is meant.
  ///
  /// - Returns: The request; nil if there is none that can be cancelled.
  package func cancel(_ id: RequestID, _ error: RPCError) -> Ticket? {
    let request = state.withLock { state in
      let index = state.open.firstIndex { $0.id == id && !$0.isCommitted }
      return index.map { state.open.remove(at: $0) }
    }
    if let request { send(error, to: request.id) }
    return request?.ticket
  }

  /// Answers a message that was not accepted as a request.
  ///
  /// - Parameter id: The id of the message; nil if it is not known.
  package func refuse(_ id: RequestID?, _ error: RPCError) { send(error, to: id) }

  private func send(_ error: RPCError, to id: RequestID?) {
    outbox.message { out in
      out.literal("{\"error\":")
      error.write(to: &out)
      out.literal(",\"id\":")
      if let id { id.write(to: &out) } else { out.null() }
      out.byte(UInt8(ascii: "}"))
    }
  }

  /// Removes a request that is about to be answered, and returns its id; nil if it was answered
  /// before.
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

// Notifications and requests of the server.
extension Connection {
  /// Suppresses notifications with these methods from now on.
  package func optOut(of methods: Set<String>) {
    state.withLock { $0.optedOut = methods }
  }

  /// Sends a notification, unless the client has opted out of its method.
  package func notify(_ method: String, _ params: some WireValue & Sendable) {
    for write in wanted([Notification(method, params)]) { outbox.message(write) }
  }

  /// The functions that write those notifications that the client has not opted out of.
  private func wanted(_ notifications: [Notification]) -> [Outbox.MessageWriter] {
    if notifications.isEmpty { return [] }
    let optedOut = state.withLock { $0.optedOut }
    return notifications.filter { !optedOut.contains($0.method) }.map { notification in
      { [now] out in notification.write(to: &out, at: now()) }
    }
  }

  /// Sends a request to the client.
  ///
  /// - Parameter receive: Called once with the answer, on the thread that calls `receive(_:to:)`;
  ///   never if the client does not answer. A result of another shape is passed as an error.
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

  /// Passes an answer of the client to the handler of its request.
  ///
  /// - Returns: Whether a request with the id was waiting for an answer.
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
