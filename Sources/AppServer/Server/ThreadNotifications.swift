import JSON
import JSONRPC
import Protocol
import System

/// The notification `thread/started`.
struct ThreadStarted: WireObject {
  static let method = "thread/started"

  /// Without its turns.
  var thread = Protocol.Thread()

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("thread", &thread)
  }
}

/// What `thread/archived`, `thread/unarchived`, `thread/deleted` and `thread/reverted` say.
struct ThreadReference: WireObject {
  var threadID = ""

  init() {}

  init(_ id: UUID) { threadID = id.description }

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("threadId", &threadID)
  }
}

/// The answer of methods that have nothing to tell.
struct EmptyResponse: WireObject {
  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {}
}

extension Reply {
  /// Adds a notification that names a thread.
  func then(_ method: String, _ id: UUID) -> Reply {
    then { server in server.outbox.notify(method, ThreadReference(id)) }
  }
}
