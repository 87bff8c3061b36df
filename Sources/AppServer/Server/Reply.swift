import JSON
import JSONRPC
import Synchronization
import System

/// How a request is answered.
indirect enum Reply<Response: WireValue> {
  /// With this.
  case now(Response)

  /// With a value that is too large to be built: the closure writes it. It cannot fail; whatever can
  /// is checked before.
  case streamed((inout ResponseStream) -> Void)

  /// Not yet: `work` runs on another thread while the loop goes on, then `finish` on the loop's.
  /// Made by `later(_:then:)`.
  case deferred(
    work: @Sendable (Cancellation) -> Void,
    finish: (Server) throws(RPCError) -> Reply)

  /// Not yet: it has turned out what the request touches. `finish` runs on the loop when no earlier
  /// request is in the way of that.
  case widened(Touched, finish: (Server) throws(RPCError) -> Reply)

  /// The same, and when the answer has gone out, what is to be said next.
  case followed(Reply, by: (Server) -> Void)
}

extension Reply {
  /// Computes something beside the loop, for requests that may take longer than others should wait.
  ///
  /// - Parameters:
  ///   - work: Runs on any thread. It should look at its argument now and then, and give up when the
  ///     request was cancelled; what it returns or throws then is dropped.
  ///   - finish: Runs on the loop with what `work` returned, and is as free as `respond` is.
  static func later<Outcome: Sendable>(
    _ work: @escaping @Sendable (Cancellation) throws(RPCError) -> Outcome,
    then finish: @escaping (Outcome, Server) throws(RPCError) -> Reply
  ) -> Reply {
    let outcome = Handover<Outcome>()
    return .deferred(
      work: { cancellation in
        outcome.put(Result { () throws(RPCError) in try work(cancellation) })
      },
      finish: { (server) throws(RPCError) in try finish(try outcome.take(), server) })
  }

  /// Adds what is said right behind the answer.
  func then(_ follow: @escaping (Server) -> Void) -> Reply {
    switch self {
    case .deferred(let work, let finish):
      .deferred(
        work: work, finish: { (server) throws(RPCError) in try finish(server).then(follow) })
    case .widened(let touched, let finish):
      .widened(
        touched, finish: { (server) throws(RPCError) in try finish(server).then(follow) })
    case .now, .streamed, .followed: .followed(self, by: follow)
    }
  }
}

/// Brings a result from the thread that computed it to the loop.
private final class Handover<Outcome: Sendable>: Sendable {
  private let result = Mutex<Result<Outcome, RPCError>?>(nil)

  func put(_ value: Result<Outcome, RPCError>) {
    result.withLock { $0 = value }
  }

  func take() throws(RPCError) -> Outcome {
    guard let value = result.withLock({ $0 }) else {
      preconditionFailure("a request is finished only after its work")
    }
    return try value.get()
  }
}
