import JSON
import JSONRPC
import Library
import Platform
import Protocol

/// The answer to a request, and what follows it.
///
/// The type `Response` is checked when a reply is created, and is not stored.
struct Reply<Response: WireValue> {
  let parts: ReplyParts

  /// A reply with a value.
  static func value(_ response: Response) -> Reply {
    Reply(parts: ReplyParts(body: .value { response.write(to: &$0) }))
  }

  /// A reply with a value about a thread that is too large for memory.
  ///
  /// - Parameter write: Writes the value, and returns the items that it lacks; nil if none. Whatever
  ///   can be checked must be checked before.
  static func stream(
    _ thread: UUID, _ write: @escaping (inout ResponseStream) -> MissingItems?
  ) -> Reply {
    Reply(parts: ReplyParts(body: .stream(thread, write)))
  }

  /// No reply yet, because only now it is known what the request reads and changes.
  ///
  /// - Parameter next: Called when no earlier request is in conflict with that.
  static func after(_ touches: Touches, _ next: @escaping @Sendable () throws -> Reply) -> Reply {
    Reply(parts: ReplyParts(body: .after(touches) { try next().parts }))
  }

  /// Adds a notification that follows the answer, with no other message between them.
  func then(_ method: String, _ params: some WireValue & Sendable) -> Reply {
    var parts = parts
    parts.followUps.append(Notification(method, params))
    return Reply(parts: parts)
  }

  /// Adds a notification after the answer that contains the id of a thread.
  func then(_ method: String, _ id: UUID) -> Reply { then(method, ThreadReference(id)) }
}

/// A reply to any method.
struct ReplyParts {
  enum Body {
    case value((inout JSONWriter) -> Void)
    case stream(UUID, (inout ResponseStream) -> MissingItems?)
    case after(Touches, @Sendable () throws -> ReplyParts)
  }

  let body: Body
  /// The notifications that follow the answer, in this order.
  var followUps: [Notification] = []
}
