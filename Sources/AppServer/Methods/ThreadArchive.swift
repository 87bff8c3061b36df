import Changes
import JSON
import JSONRPC
import Library
import Platform
import Rollouts

/// `thread/archive`: moves a thread and its sub-agents to the archive.
enum ThreadArchive: Method {
  static let name = "thread/archive"

  struct Params: WireObject {
    static let wireName = "ThreadArchiveParams"

    var threadID = ""

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
    }
  }

  typealias Response = EmptyResponse

  static func touches(_ params: Params) -> Touches { .threadAndOthers(params.threadID) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let id = try UUID(sessionID: params.threadID)
    guard let draft = context.session.loadedThreads[id], draft.handle.draft != nil else {
      return try archive(id, context)
    }
    guard !draft.handle.isEphemeral else { throw RPCError.rolloutNotFound(id) }
    return .after(.threads([id], .write)) {
      try context.commit()
      try context.session.changes.storeDraft(draft.handle)
      return try archive(id, context)
    }
  }

  private static func archive(_ id: UUID, _ context: RequestContext) throws -> Reply<Response> {
    let session = context.session
    let location = try session.library.store.find(id).location
    // A thread in the archive may have active files left, if a process was killed while it moved
    // them. To archive it again ends that.
    let files = try session.library.store.files(of: location)
    guard files.contains(where: { !$0.isArchived }) else { throw RPCError.rolloutNotFound(id) }
    return try context.changingFamily(of: location.id) { family in
      let archived = try session.changes.archive(family) { session.loadedThreads[$0]?.handle }
      for id in archived { session.unload(id) }
      return archived.reduce(.value(EmptyResponse())) { $0.then("thread/archived", $1) }
    }
  }
}
