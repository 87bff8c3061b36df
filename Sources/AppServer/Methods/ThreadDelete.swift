import JSON
import JSONRPC
import Rollouts
import System

/// `thread/delete`: removes all files of a thread, and what the index says of it.
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

  static func touched(by params: Params, on server: Server) -> Touched {
    .threadAndOthers(params.threadID)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let requested = try UUID(threadID: params.threadID)
    if let unstored = server.loadedThreads[requested]?.unstored {
      guard !unstored.isEphemeral else { throw .ephemeralNotDeletable(requested.description) }
      server.unload(requested)
      return .now(EmptyResponse()).then("thread/deleted", requested)
    }
    let store = server.store
    let worker = server.worker
    return .later(
      { (_) throws(RPCError) in try free(requested, in: store, worker) },
      then: { (thread, server) throws(RPCError) in
        try remove(thread.files, of: thread.id, on: server)
        return .now(EmptyResponse()).then("thread/deleted", thread.id)
      })
  }

  /// The files of a thread that no other one stands on.
  private static func free(
    _ requested: UUID, in store: RolloutStore, _ worker: Worker
  ) throws(RPCError) -> (id: UUID, files: [RolloutFile]) {
    do throws(StoreError) {
      let place = try store.thread(requested)
      let files = try store.files(of: place)
      let dependents = try store.threads(standingOn: files, of: place.id, worker.concurrently)
      guard dependents.isEmpty else { throw .inUse(place.id, by: dependents) }
      return (place.id, files)
    } catch {
      throw RPCError(error)
    }
  }

  private static func remove(
    _ files: [RolloutFile], of id: UUID, on server: Server
  ) throws(RPCError) {
    let lock = try server.lockForMoving(id)
    do throws(SystemError) {
      try remove(files, of: id, in: server.store)
    } catch {
      throw .unwritable(error)
    }
    withExtendedLifetime(lock) { server.unload(id) }
  }

  /// Files first get hidden names, all or none, and go when nothing can fail any more.
  private static func remove(
    _ files: [RolloutFile], of id: UUID, in store: RolloutStore
  ) throws(SystemError) {
    let moves = files.map { file in
      let hidden = ".\(Path.lastComponent(of: file.path)).deleted.tmp"
      return FileMove(from: file.path, to: Path.join(Path.directory(of: file.path), hidden))
    }
    for move in moves { try File.remove(move.target) }
    try FileMove.perform(moves)
    do throws(SystemError) {
      try store.names.remove([id])
    } catch {
      try FileMove.perform(moves.map { FileMove(from: $0.target, to: $0.source) })
      throw error
    }
    for move in moves { try? File.remove(move.target) }
  }
}
