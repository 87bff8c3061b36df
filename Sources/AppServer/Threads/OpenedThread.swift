import History
import JSONRPC
import Protocol
import Rollouts
import Settings
import System

/// A stored thread whose files are open and were looked over.
struct OpenedThread: Sendable {
  let place: RolloutStore.Place
  let chain: RolloutChain
  private(set) var stored: StoredThread

  var id: UUID { place.id }

  /// Reads the thread's records once; memory does not grow with them, only with the plan.
  ///
  /// - Parameter directory: The server's, which relative paths count from.
  init(
    _ place: RolloutStore.Place, in store: RolloutStore, directory: String, log: Log
  ) throws(RPCError) {
    let chain: RolloutChain
    do throws(StoreError) {
      chain = try store.chain(place)
    } catch {
      throw RPCError(error)
    }
    try self.init(place, chain, directory: directory, log: log)
  }

  /// The same of files that are open already.
  init(
    _ place: RolloutStore.Place, _ chain: RolloutChain, directory: String, log: Log
  ) throws(RPCError) {
    self.place = place
    self.chain = chain
    do throws(SystemError) {
      stored = try StoredThread(chain, id: place.id)
    } catch {
      throw .unreadable(error)
    }
    guard stored.isUsable else {
      throw .emptyRollout(place.path, hasBytes: chain.links.contains { $0.end > 0 })
    }
    stored.plan.directories[0] = stored.recorded.directory(serverDirectory: directory)
    report(to: log)
  }

  /// Names what was passed over: damage is never silent, and never fatal.
  private func report(to log: Log) {
    for problem in chain.problems { log.warn("thread \(id): \(problem)") }
    if stored.meta.id == nil { log.warn("thread \(id): degraded: no header") }
    for damage in stored.plan.damage {
      let path = chain.links[damage.file].file.path
      log.warn("thread \(id): skipped \(path) at byte \(damage.offset): \(damage.reason)")
    }
    let more = stored.plan.damageCount - stored.plan.damage.count
    if more > 0 { log.warn("thread \(id): skipped \(more) more") }
  }
}

extension OpenedThread {
  /// Files up to this size, in bytes, are read while others wait: it takes about a millisecond. A
  /// compressed one may hold any number of them.
  private static let quickSize = 1 << 20

  /// Opens a thread, beside the loop if its file is large, and goes on with it on the loop.
  static func open<Response>(
    _ place: RolloutStore.Place, on server: Server,
    then finish: @escaping (OpenedThread, Server) throws(RPCError) -> Reply<Response>
  ) throws(RPCError) -> Reply<Response> {
    let store = server.store
    let directory = server.host.directory
    let log = server.log
    let unstored = server.loadedThreads[place.id]?.unstored
    let open = { @Sendable () throws(RPCError) -> OpenedThread in
      guard let unstored else {
        return try OpenedThread(place, in: store, directory: directory, log: log)
      }
      return try OpenedThread(place, unstored.chain(), directory: directory, log: log)
    }
    let size = unstored?.size ?? (try? FileStatus(path: place.path).size) ?? 0
    if size <= quickSize, !RolloutFile.isCompressed(place.path) {
      return try finish(open(), server)
    }
    return .later({ (_) throws(RPCError) in try open() }, then: finish)
  }

  /// The same for the methods that show a stored thread, archived or not, without loading it.
  static func open<Response>(
    _ id: UUID, on server: Server,
    then finish: @escaping (OpenedThread, Server) throws(RPCError) -> Reply<Response>
  ) throws(RPCError) -> Reply<Response> {
    let place: RolloutStore.Place
    do throws(StoreError) {
      place = try server.place(of: id)
    } catch {
      if case .notFound = error { throw .threadNotLoaded(id.description) }
      throw RPCError(error)
    }
    return try open(place, on: server, then: finish)
  }
  /// The same for the methods that change a thread.
  static func open<Response>(
    toChange id: UUID, on server: Server,
    then finish: @escaping (OpenedThread, Server) throws(RPCError) -> Reply<Response>
  ) throws(RPCError) -> Reply<Response> {
    let place: RolloutStore.Place
    do throws(StoreError) { place = try server.place(of: id) } catch { throw RPCError(error) }
    return try open(place, on: server, then: finish)
  }
}
