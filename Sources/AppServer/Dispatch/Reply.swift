import JSON
import JSONRPC
import Protocol
import System

/// How a request is answered.
struct Reply<Response: WireValue> {
  enum Body {
    /// With this.
    case value(Response)
    /// With a value that is too large to be built, about a thread: the closure writes it. What can fail
    /// is checked before; the closure returns what kept it from writing all of it.
    case stream(UUID, (inout ResponseStream) -> SystemError?)
    /// Not yet: it has turned out what the request touches. The closure is called when no earlier
    /// request is in the way of that.
    case after(Touches, @Sendable () throws -> Reply)
  }

  let body: Body
  /// What is said right behind the answer, in this order.
  private(set) var followUps: [@Sendable (Session) -> Void] = []

  static func value(_ response: Response) -> Reply { Reply(body: .value(response)) }

  static func stream(
    _ thread: UUID, _ write: @escaping (inout ResponseStream) -> SystemError?
  ) -> Reply {
    Reply(body: .stream(thread, write))
  }

  static func after(_ touches: Touches, _ next: @escaping @Sendable () throws -> Reply) -> Reply {
    Reply(body: .after(touches, next))
  }

  /// Adds what is said right behind the answer.
  func then(_ followUp: @escaping @Sendable (Session) -> Void) -> Reply {
    var reply = self
    reply.followUps.append(followUp)
    return reply
  }

  /// Adds a notification right behind the answer.
  func then(_ method: String, _ params: some WireValue & Sendable) -> Reply {
    then { session in session.connection.notify(method, params) }
  }

  /// Adds a notification that names a thread.
  func then(_ method: String, _ id: UUID) -> Reply { then(method, ThreadReference(id)) }
}
