import Changes
import JSON
import JSONRPC
import Library
import Platform
import Rollouts

/// `thread/delete`: deletes a thread and its sub-agents, with their names in the session index.
enum ThreadDelete: Method {
  static let name = "thread/delete"

  struct Params: WireObject {
    static let wireName = "ThreadDeleteParams"

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
    let session = context.session
    let id = try UUID(threadID: params.threadID)
    if let loaded = session.loadedThreads[id], loaded.handle.draft != nil {
      guard !loaded.handle.isEphemeral else { throw RPCError.ephemeralNotDeletable(id) }
      try context.commit()
      session.unload(id)
      return Reply.value(EmptyResponse()).then("thread/deleted", id)
    }
    let location = try session.library.store.find(id).location
    return try context.changingFamily(of: location.id) { family in
      try session.changes.delete(family) { session.loadedThreads[$0]?.handle }
      for member in family.members { session.unload(member.id) }
      return family.members.reversed().reduce(.value(EmptyResponse())) {
        $0.then("thread/deleted", $1.id)
      }
    }
  }
}
