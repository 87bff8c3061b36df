import JSONRPC
import Platform

/// What a method has of a request besides its params.
struct RequestContext: Sendable {
  let session: Session
  let ticket: Connection.Ticket
  let touches: Touches
  /// Set when nobody waits for the answer any more.
  let cancellation: Cancellation
  /// How many requests had work under way and how many waited when this one began.
  let queueCounts: (running: Int, waiting: Int)

  /// Makes sure that the request is not cancelled any more. To be called before anything is changed:
  /// a request is either answered with its change or cancelled without.
  func commit() throws(RPCError) {
    guard session.connection.commit(ticket) else { throw .cancelled }
  }

  /// Goes on as soon as no earlier request is in the way of a thread that had to be found first.
  func touching<Response>(
    _ id: UUID, _ access: Touches.Access, _ next: @escaping @Sendable () throws -> Reply<Response>
  ) throws -> Reply<Response> {
    if touches.includes(id, access) { return try next() }
    return .after(.threads([id], access), next)
  }
}
