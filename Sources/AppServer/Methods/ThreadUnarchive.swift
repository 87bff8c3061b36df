import JSON
import JSONRPC
import Protocol
import Rollouts
import System

/// `thread/unarchive`: moves all files of a thread from the archive to the days that their names
/// tell, or none.
enum ThreadUnarchive: Method {
  static let name = "thread/unarchive"

  typealias Params = ThreadArchive.Params
  typealias Response = ThreadRead.Response

  static func touched(by params: Params, on server: Server) -> Touched {
    .thread(params.threadID, .write)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let (place, files) = try archivedFiles(of: UUID(sessionID: params.threadID), in: server.store)
    // A thread that cannot be shown stays where it is: the answer could not say that it was moved.
    return try OpenedThread.open(place, .summary, on: server) { (_, server) throws(RPCError) in
      try move(files, of: place.id, on: server)
      return try show(place.id, on: server)
    }
  }

  private static func move(
    _ files: [RolloutFile], of id: UUID, on server: Server
  ) throws(RPCError) {
    let lock = try server.lockForMoving(id)
    try ThreadFiles.move(
      files.map { file in
        let folder = Path.join(server.store.sessions, file.name.dayFolder)
        return FileMove(
          from: file.path, to: Path.join(folder, Path.lastComponent(of: file.path)))
      })
    withExtendedLifetime(lock) { server.loadedThreads[id]?.writer?.forgetFile() }
  }

  private static func show(_ id: UUID, on server: Server) throws(RPCError) -> Reply<Response> {
    try OpenedThread.open(toChange: id, .summary, on: server) { (opened, server) in
      var response = Response()
      response.thread = Protocol.Thread(
        opened, loaded: server.loadedThreads[opened.id], on: server)
      return .now(response)
    }.then("thread/unarchived", id)
  }

  private static func archivedFiles(
    of id: UUID, in store: RolloutStore
  ) throws(RPCError) -> (RolloutStore.Place, [RolloutFile]) {
    do throws(StoreError) {
      let place = try store.thread(id)
      let files = try store.files(of: place).filter(\.isArchived)
      if place.isArchived, !files.isEmpty { return (place, files) }
    } catch {
      guard case .notFound = error else { throw RPCError(error) }
    }
    throw .archivedRolloutNotFound(id.description)
  }
}
