import JSONRPC
import System

/// A request that was accepted and has no answer yet.
final class Request {
  /// What the loop does for a request, once now and once more after each piece of work beside it.
  typealias Step = (Request, Server) throws(RPCError) -> Void

  let id: RequestID
  /// What it reads and changes, as far as that is known.
  var touched: Touched
  /// How many bytes its params took, about as much as waits in memory for it.
  let size: Int
  /// How many requests were accepted before it.
  var number = 0
  let cancellation = Cancellation()
  var step: Step

  init(id: RequestID, touched: Touched, size: Int, step: @escaping Step) {
    self.id = id
    self.touched = touched
    self.size = size
    self.step = step
  }
}
