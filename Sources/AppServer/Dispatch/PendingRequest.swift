import JSONRPC
import Platform

/// A request that was accepted and has no answer yet. Only the loop's thread uses it.
final class PendingRequest {
  let ticket: Connection.Ticket
  /// How many requests were accepted before it.
  let number: Int
  /// What it reads and changes, as far as that is known.
  var touches: Touches
  /// How many bytes its params took, about as much as waits in memory for it.
  let size: Int
  let cancellation: Cancellation
  /// What is to be done next.
  var work: RequestWork

  init(
    _ ticket: Connection.Ticket, number: Int, _ touches: Touches, size: Int,
    _ cancellation: Cancellation, work: @escaping RequestWork
  ) {
    self.ticket = ticket
    self.number = number
    self.touches = touches
    self.size = size
    self.cancellation = cancellation
    self.work = work
  }
}
