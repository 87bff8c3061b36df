import JSON
import Platform
import Protocol

/// The notification `thread/started`.
struct ThreadStarted: WireObject {
  static let method = "thread/started"

  /// The thread without its turns.
  var thread = Protocol.Thread()

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("thread", &thread)
  }
}

/// The notification `thread/status/changed`.
struct ThreadStatusChanged: WireObject {
  static let method = "thread/status/changed"

  var threadID = ""
  var status = ThreadStatus.notLoaded

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("threadId", &threadID)
    try field("status", &status)
  }
}

/// The notification `warning` about a loss.
struct LossWarning: WireObject {
  static let method = "warning"

  var message = ""
  /// The thread that has lost something; nil for a loss of the home.
  var threadID: String?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("message", &message)
    try field("threadId", &threadID)
  }
}

/// The params of `thread/archived`, `thread/unarchived`, `thread/deleted` and `thread/reverted`.
struct ThreadReference: WireObject {
  var threadID = ""

  init() {}

  init(_ id: UUID) { threadID = id.description }

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("threadId", &threadID)
  }
}
