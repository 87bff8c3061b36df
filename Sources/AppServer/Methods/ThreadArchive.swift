import JSON
import JSONRPC
import Rollouts
import System

/// `thread/archive`: moves all files of a thread to the archive, or none, and its sub-agents with it.
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
    guard server.loadedThreads[requested]?.unstored != nil else {
      return try archive(requested, on: server)
    }
    return .widened(.threads([requested], .write)) { (server) throws(RPCError) in
      try server.storeIfNeeded(requested)
      return try archive(requested, on: server)
    }
  }

  private static func archive(
    _ requested: UUID, on server: Server
  ) throws(RPCError) -> Reply<Response> {
    let place: RolloutStore.Place
    do throws(StoreError) { place = try server.store.thread(requested) } catch {
      throw RPCError(error)
    }
    guard !place.isArchived else { throw .rolloutNotFound(requested.description) }
    return .withFamily(of: place.id, on: server) { (family, server) throws(RPCError) in
      let archived = try archive(family, on: server)
      for id in archived { server.unload(id) }
      return archived.reduce(.now(EmptyResponse())) { $0.then("thread/archived", $1) }
    }
  }

  /// Moves the thread, all of it or nothing, and then its sub-agents, the youngest generation first:
  /// one that cannot be moved stays, and the others go.
  ///
  /// - Returns: What was moved, in this order.
  private static func archive(
    _ family: ThreadFamily, on server: Server
  ) throws(RPCError) -> [UUID] {
    let locks = try server.lockForMoving(family)
    defer { withExtendedLifetime(locks) {} }
    guard let thread = family.members.first, thread.isActive else {
      throw .rolloutNotFound(family.members.first?.id.description ?? "")
    }
    try archive(thread, in: server.store)
    var archived = [thread.id]
    for agent in family.members.dropFirst().reversed() where agent.isActive {
      do throws(RPCError) {
        try archive(agent, in: server.store)
        archived.append(agent.id)
      } catch {
        server.log.warn("thread \(agent.id): not archived with \(thread.id): \(error.message)")
      }
    }
    return archived
  }

  private static func archive(
    _ member: ThreadFamily.Member, in store: RolloutStore
  ) throws(RPCError) {
    try ThreadFiles.move(
      member.files.filter { !$0.isArchived }.map { file in
        let name = Path.lastComponent(of: file.path)
        return FileMove(from: file.path, to: Path.join(store.archivedSessions, name))
      })
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
