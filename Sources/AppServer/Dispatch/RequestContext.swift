import JSONRPC
import Platform

/// What a method knows about a request besides its params.
struct RequestContext: Sendable {
  let session: Session
  let ticket: Connection.Ticket
  let touches: Touches
  /// The cancellation of the request.
  let cancellation: Cancellation
  /// The numbers of running and of waiting requests when this request was accepted.
  let queueCounts: (running: Int, waiting: Int)

  /// Makes the request impossible to cancel. This must be called before anything is changed, so
  /// that a request is either answered and carried out, or cancelled without a change.
  ///
  /// - Throws: `cancelled` if the request was cancelled already.
  func commit() throws(RPCError) {
    guard session.connection.commit(ticket) else { throw .cancelled }
  }

  /// Calls `next` when no earlier request is in conflict with the access to a thread that was just
  /// found.
  func touching<Response>(
    _ id: UUID, _ access: Touches.Access, _ next: @escaping @Sendable () throws -> Reply<Response>
  ) throws -> Reply<Response> {
    if touches.includes(id, access) { return try next() }
    return .after(.threads([id], access), next)
  }
}
