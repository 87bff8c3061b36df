import JSONRPC
import Rollouts
import System

extension Reply {
  /// Finds a thread's sub-agents beside the loop, and goes on when no earlier request is in the way of
  /// a change to any of them.
  ///
  /// - Parameter looks: How often they may be looked for: again where files came or went while the
  ///   request waited.
  static func withFamily(
    of thread: UUID, on server: Server, looks: Int = 3,
    then finish: @escaping (ThreadFamily, Server) throws(RPCError) -> Reply
  ) -> Reply {
    let store = server.store
    let worker = server.worker
    return .later(
      { (_) throws(RPCError) in
        do throws(StoreError) { return try store.family(of: thread, worker.concurrently) } catch {
          throw RPCError(error)
        }
      },
      then: { (family, _) in
        .widened(.threads(family.members.map(\.id), .write)) { (server) throws(RPCError) in
          guard looks <= 1 || store.isCurrent(family) else {
            return withFamily(of: thread, on: server, looks: looks - 1, then: finish)
          }
          return try finish(family, server)
        }
      })
  }
}

extension ThreadFamily.Member {
  /// Whether any of its files is not in the archive.
  var isActive: Bool { files.contains { !$0.isArchived } }
}

extension Server {
  /// Keeps others from writing a thread while its files are moved or removed; the lock that a
  /// loaded one may have does that, too.
  func lockForMoving(_ id: UUID) throws(RPCError) -> WriterLock? {
    if loadedThreads[id]?.writer != nil { return nil }
    return try WriterLock.take(id, home: store.home)
  }

  /// The same for all threads of a family, or for none.
  func lockForMoving(_ family: ThreadFamily) throws(RPCError) -> [WriterLock] {
    OpenFileLimit.raise(by: family.members.count)
    var locks: [WriterLock] = []
    for member in family.members {
      if let lock = try lockForMoving(member.id) { locks.append(lock) }
    }
    return locks
  }
}
