import JSON
import JSONRPC
import Rollouts
import System

/// `thread/delete`: removes all files of a thread and of its sub-agents, and what the index says of
/// them.
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
    let place: RolloutStore.Place
    do throws(StoreError) { place = try server.store.thread(requested) } catch {
      throw RPCError(error)
    }
    return .withFamily(of: place.id, on: server) { (family, server) throws(RPCError) in
      try remove(family, on: server)
      for member in family.members { server.unload(member.id) }
      return family.members.reversed().reduce(.now(EmptyResponse())) {
        $0.then("thread/deleted", $1.id)
      }
    }
  }

  /// Removes the thread and its sub-agents, all of them or none.
  private static func remove(_ family: ThreadFamily, on server: Server) throws(RPCError) {
    for member in family.members.reversed() {
      guard let others = family.dependents[member.id] else { continue }
      throw .inUse(member.id.description, by: others.map(\.description))
    }
    let locks = try server.lockForMoving(family)
    defer { withExtendedLifetime(locks) {} }
    do throws(SystemError) {
      try remove(
        family.members.flatMap(\.files), of: Set(family.members.map(\.id)), in: server.store)
    } catch {
      throw .unwritable(error)
    }
  }

  /// Files first get hidden names, all or none, and go when nothing can fail any more.
  private static func remove(
    _ files: [RolloutFile], of threads: Set<UUID>, in store: RolloutStore
  ) throws(SystemError) {
    let moves = files.map { file in
      let hidden = ".\(Path.lastComponent(of: file.path)).deleted.tmp"
      return FileMove(from: file.path, to: Path.join(Path.directory(of: file.path), hidden))
    }
    for move in moves { try File.remove(move.target) }
    try FileMove.perform(moves)
    do throws(SystemError) {
      try store.names.remove(threads)
    } catch {
      try FileMove.perform(moves.map { FileMove(from: $0.target, to: $0.source) })
      throw error
    }
    for move in moves { try? File.remove(move.target) }
  }
}
