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
    let requested = try UUID(sessionID: params.threadID)
    let (id, files) = try archivedFiles(of: requested, in: server.store)
    let lock = try server.lockForMoving(id)
    try ThreadFiles.move(
      files.map { file in
        let folder = Path.join(server.store.sessions, file.name.dayFolder)
        return FileMove(
          from: file.path, to: Path.join(folder, Path.lastComponent(of: file.path)))
      })
    withExtendedLifetime(lock) { server.loadedThreads[id]?.writer?.forgetFile() }
    return try OpenedThread.open(toChange: id, .summary, on: server) { (opened, server) in
      var response = Response()
      response.thread = Protocol.Thread(
        opened, loaded: server.loadedThreads[opened.id], on: server)
      return .now(response)
    }.then("thread/unarchived", id)
  }

  private static func archivedFiles(
    of id: UUID, in store: RolloutStore
  ) throws(RPCError) -> (UUID, [RolloutFile]) {
    do throws(StoreError) {
      let place = try store.thread(id)
      let files = try store.files(of: place).filter(\.isArchived)
      if place.isArchived, !files.isEmpty { return (place.id, files) }
    } catch {
      guard case .notFound = error else { throw RPCError(error) }
    }
    throw .archivedRolloutNotFound(id.description)
  }
}
