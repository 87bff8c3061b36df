import JSON
import JSONRPC
import Rollouts
import System

/// `thread/name/set`: a line in the index of names; the thread's files stay as they are.
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

  static func touched(by params: Params, on server: Server) -> Touched {
    .thread(params.threadID, .write)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let id = try UUID(threadID: params.threadID)
    let name = params.name.trimmed
    guard !name.isEmpty else { throw .emptyName }
    if server.loadedThreads[id]?.unstored?.isEphemeral == true {
      throw .ephemeralWithoutMetadata(id.description)
    }
    try server.storeIfNeeded(id)
    let place: RolloutStore.Place
    do throws(StoreError) { place = try server.place(of: id) } catch { throw RPCError(error) }
    do throws(SystemError) {
      try server.store.names.append(name, of: place.id, at: WallClock.now())
    } catch {
      throw .unwritable(error)
    }
    var update = ThreadNameUpdated()
    update.threadID = place.id.description
    update.threadName = name
    return .now(EmptyResponse()).then { server in
      server.outbox.notify(ThreadNameUpdated.method, update)
    }
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
