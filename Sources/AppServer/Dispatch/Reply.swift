import JSON
import JSONRPC
import Platform
import Protocol

/// How a request is answered, and what is said right behind the answer.
///
/// The type of the response is checked where a reply is made, and not kept.
struct Reply<Response: WireValue> {
  let parts: ReplyParts

  /// With this.
  static func value(_ response: Response) -> Reply {
    Reply(parts: ReplyParts(body: .value { response.write(to: &$0) }))
  }

  /// With a value that is too large to be built, about a thread.
  ///
  /// - Parameter write: Writes the value, and returns what kept it from writing all of it. What can
  ///   fail is checked before.
  static func stream(
    _ thread: UUID, _ write: @escaping (inout ResponseStream) -> SystemError?
  ) -> Reply {
    Reply(parts: ReplyParts(body: .stream(thread, write)))
  }

  /// Not yet: it has turned out what the request touches.
  ///
  /// - Parameter next: Called when no earlier request is in the way of that.
  static func after(_ touches: Touches, _ next: @escaping @Sendable () throws -> Reply) -> Reply {
    Reply(parts: ReplyParts(body: .after(touches) { try next().parts }))
  }

  /// Adds a notification right behind the answer, with nothing else between them.
  func then(_ method: String, _ params: some WireValue & Sendable) -> Reply {
    var parts = parts
    parts.followUps.append(Notification(method, params))
    return Reply(parts: parts)
  }

  /// Adds a notification that names a thread.
  func then(_ method: String, _ id: UUID) -> Reply { then(method, ThreadReference(id)) }
}

/// A reply of any type.
struct ReplyParts {
  enum Body {
    case value((inout JSONWriter) -> Void)
    case stream(UUID, (inout ResponseStream) -> SystemError?)
    case after(Touches, @Sendable () throws -> ReplyParts)
  }

  let body: Body
  /// What is said right behind the answer, in this order.
  var followUps: [Notification] = []
}
