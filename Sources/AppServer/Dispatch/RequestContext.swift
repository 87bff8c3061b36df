import Changes
import JSONRPC
import Library
import Platform

/// What a method knows about a request besides its params.
struct RequestContext: Sendable {
  let session: Session
  let ticket: Connection.Ticket
  private(set) var touches: Touches
  /// The cancellation of the request.
  let cancellation: Cancellation
  /// The snapshot of the shown thread, if the request is answered on the loop's thread; else nil.
  private(set) var loadedSnapshot: ThreadSnapshot?
  /// The numbers of running and of waiting requests when this request was accepted.
  let queueCounts: (running: Int, waiting: Int)

  /// Makes the request impossible to cancel. This must be called before anything is changed, so
  /// that a request is either answered and carried out, or cancelled without a change.
  ///
  /// - Throws: `cancelled` if the request was cancelled already.
  func commit() throws(RPCError) {
    guard session.connection.commit(ticket) else { throw .cancelled }
  }

  /// The context of the request when it is answered with a snapshot that is in memory.
  func with(_ snapshot: ThreadSnapshot?) -> RequestContext {
    var context = self
    context.loadedSnapshot = snapshot
    return context
  }

  /// The context of the request when it begins anew.
  func with(_ touches: Touches) -> RequestContext {
    var context = self
    context.touches = touches
    return context
  }
}

// Threads that are found while the request is carried out.
extension RequestContext {
  /// Finds a thread. An id can be an alias of a thread with another id (ROLLOUTS.md 2.2).
  ///
  /// - Throws: `OtherTouches` if the thread is not among those that the request touches.
  func find(_ id: UUID, _ access: Touches.Access) throws -> FoundThread {
    let found = try session.handle(id).find(in: session.library)
    try touch(found.location.id, access)
    return found
  }

  /// Finds and reads a thread, and reports its losses to the client.
  ///
  /// - Throws: `OtherTouches` if the thread is not among those that the request touches.
  func snapshot(
    _ id: UUID, _ scope: ReadScope = .whole, _ access: Touches.Access = .read
  ) throws -> ThreadSnapshot {
    if let loadedSnapshot, loadedSnapshot.id == id {
      session.report(loadedSnapshot.losses, of: id)
      return loadedSnapshot
    }
    return try session.snapshot(of: find(id, access), scope)
  }

  /// Makes sure that the request is ordered by an access to a thread. This must be called before
  /// anything is changed.
  ///
  /// - Throws: `OtherTouches` if it is not. The request then begins anew in its right order.
  func touch(_ id: UUID, _ access: Touches.Access) throws {
    guard touches.includes(id, access) else {
      throw OtherTouches(touches: touches.finding(id, access))
    }
  }
}

/// Thrown by a request that touches something else than its params tell. The request begins anew when
/// no earlier request is in conflict with that.
struct OtherTouches: Error {
  let touches: Touches
}
