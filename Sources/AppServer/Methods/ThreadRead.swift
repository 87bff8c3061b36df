import JSON
import JSONRPC
import Library
import Platform
import Protocol

/// `thread/read`: reads a stored thread, archived or not, without loading it.
enum ThreadRead: Method {
  static let name = "thread/read"

  struct Params: WireObject {
    static let wireName = "ThreadReadParams"

    var threadID = ""
    var includeTurns = false

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("includeTurns", &includeTurns, .defaulted)
    }
  }

  typealias Response = ThreadResponse

  static func touches(_ params: Params) -> Touches {
    .shownThread(params.threadID, needsName: true)
  }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let id = try UUID(threadID: params.threadID)
    let snapshot = try context.snapshot(id, params.includeTurns ? .whole : .summary)
    if params.includeTurns { return session.answerWithTurns(snapshot) }
    var response = Response()
    response.thread = session.thread(snapshot)
    return .value(response)
  }

  static func notFound(_ id: UUID) -> RPCError { .threadNotLoaded(id) }
}
