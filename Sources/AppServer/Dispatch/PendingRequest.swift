import JSONRPC
import Platform

/// A request that was accepted and has no answer yet. It is used only on the loop's thread.
final class PendingRequest {
  let ticket: Connection.Ticket
  /// The position of the request in the order of acceptance, from 1.
  let number: Int
  /// What the request reads and changes, as far as that is known.
  var touches: Touches
  /// The size of the params in bytes, which is about the memory that the waiting request takes.
  let size: Int
  let cancellation: Cancellation
  /// The work that has to be done next.
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
