import JSON
import JSONRPC
import Rollouts
import System

/// `thread/archive`: moves all files of a thread to the archive, or none.
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

  static func touched(by params: Params, on server: Server) -> Touched {
    .threadAndOthers(params.threadID)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let requested = try UUID(sessionID: params.threadID)
    if server.loadedThreads[requested]?.unstored?.isEphemeral == true {
      throw .rolloutNotFound(requested.description)
    }
    try server.storeIfNeeded(requested)
    let place: RolloutStore.Place
    let files: [RolloutFile]
    do throws(StoreError) {
      place = try server.store.thread(requested)
      files = try server.store.files(of: place).filter { !$0.isArchived }
    } catch {
      throw RPCError(error)
    }
    guard !files.isEmpty else { throw .rolloutNotFound(requested.description) }
    let lock = try server.lockForMoving(place.id)
    try ThreadFiles.move(
      files.map { file in
        let name = Path.lastComponent(of: file.path)
        return FileMove(
          from: file.path, to: Path.join(server.store.archivedSessions, name))
      })
    withExtendedLifetime(lock) { server.unload(place.id) }
    return .now(EmptyResponse()).then("thread/archived", place.id)
  }
}

/// The files of a thread when they are moved together.
enum ThreadFiles {
  /// Moves all or none; folders are made where they are missing.
  static func move(_ moves: [FileMove]) throws(RPCError) {
    do throws(SystemError) {
      for move in moves { try Directory.create(Path.directory(of: move.target)) }
    } catch {
      throw .unwritable(error)
    }
    do throws(SystemError) {
      try FileMove.perform(moves)
    } catch {
      throw error.isExisting ? .nameTaken(error.path) : .unwritable(error)
    }
  }
}

extension Server {
  /// Keeps others from writing a thread while its files are moved or removed; the lock that a
  /// loaded one may have does that, too.
  func lockForMoving(_ id: UUID) throws(RPCError) -> WriterLock? {
    if loadedThreads[id]?.writer != nil { return nil }
    return try WriterLock.take(id, home: store.home)
  }
}
