import JSON
import JSONRPC
import Library
import Platform

// What clients call on their way to the threads. The answers are those of a server that has neither
// a model nor an account, and all that there is to say about them (PROTOCOL.md 9).

/// A method whose answer is always the same: what a blank response says.
protocol FixedAnswer: Method where Response: WireObject {}

extension FixedAnswer {
  static func touches(_ params: Params) -> Touches { .nothing }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    .value(Response())
  }
}

/// A method with a fixed answer about a thread, which has to be loaded or stored.
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

/// Params that name a thread.
protocol NamesThread: WireObject, Sendable {
  var threadID: String { get }
}

/// Params that are nothing but a thread.
struct ThreadParams: NamesThread {
  var threadID = ""

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("threadId", &threadID)
  }
}
