import JSON
import JSONRPC
import Library
import Platform

// Methods that clients call before they work with threads. The answers are those of a server
// without a model and without an account (PROTOCOL.md 9).

/// A method that always gives the same answer: `Response()`.
protocol FixedAnswer: Method where Response: WireObject {}

extension FixedAnswer {
  static func touches(_ params: Params) -> Touches { .nothing }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    .value(Response())
  }
}

/// A method that always gives the same answer for a thread that is loaded or stored.
protocol FixedAnswerAboutThread: FixedAnswer where Params: NamesThread {}

extension FixedAnswerAboutThread {
  static func touches(_ params: Params) -> Touches { .thread(params.threadID, .read) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let id = try UUID(threadID: params.threadID)
    if session.loadedThreads[id] == nil { _ = try session.library.store.find(id) }
    return .value(Response())
  }

  static func notFound(_ id: UUID) -> RPCError { .threadNotFound(id) }
}

/// Params that contain the id of a thread.
protocol NamesThread: WireObject, Sendable {
  /// The id of the thread, as the request contains it.
  var threadID: String { get }
}

/// Params that contain only the id of a thread.
struct ThreadParams: NamesThread {
  var threadID = ""

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("threadId", &threadID)
  }
}
