import Changes
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts

/// `thread/unarchive`: moves all files of a thread from the archive to the folders of the days in
/// their names, or none.
enum ThreadUnarchive: Method {
  static let name = "thread/unarchive"

  struct Params: WireObject {
    static let wireName = "ThreadUnarchiveParams"

    var threadID = ""

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
    }
  }

  typealias Response = ThreadResponse

  static func touches(_ params: Params) -> Touches { .thread(params.threadID, .write) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let requested = try UUID(sessionID: params.threadID)
    let found = try session.library.store.find(requested)
    let files = try session.library.store.filesToUnarchive(of: found.location)
    let id = found.location.id
    try context.touch(id, .write)
    guard !files.isEmpty else { throw notFound(requested) }
    // A thread that cannot be read is not moved, because the answer could not contain it.
    let before = try session.snapshot(of: found, .summary)
    try context.commit()
    let location = try session.changes.unarchive(
      found.location, session.loadedThreads[id]?.handle)
    var response = Response()
    response.thread = session.thread(
      session.snapshot(id, .summary, orAsExpected: before.changed(to: location)))
    return Reply.value(response).then("thread/unarchived", id)
  }

  static func notFound(_ id: UUID) -> RPCError { .archivedRolloutNotFound(id) }
}
