import Changes
import JSON
import JSONRPC
import Library
import Platform
import Rollouts

/// `thread/name/set`: gives a thread a name in the session index. Its files stay unchanged.
enum ThreadNameSet: Method {
  static let name = "thread/name/set"

  struct Params: WireObject {
    static let wireName = "ThreadSetNameParams"

    var threadID = ""
    var name = ""

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("name", &name)
    }
  }

  typealias Response = EmptyResponse

  static func touches(_ params: Params) -> Touches { .thread(params.threadID, .write) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let id = try UUID(threadID: params.threadID)
    let name = params.name.trimmed
    guard !name.isEmpty else { throw RPCError.emptyName }
    let thread = session.handle(try context.find(id, .write).location.id)
    guard !thread.isEphemeral else { throw RPCError.ephemeralWithoutMetadata(id) }
    try context.commit()
    var update = ThreadNameUpdated()
    update.threadID = try session.changes.rename(thread, to: name).description
    update.threadName = name
    return Reply.value(EmptyResponse()).then(ThreadNameUpdated.method, update)
  }
}

/// The notification `thread/name/updated`.
struct ThreadNameUpdated: WireObject {
  static let method = "thread/name/updated"

  var threadID = ""
  var threadName = ""

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("threadId", &threadID)
    try field("threadName", &threadName)
  }
}
