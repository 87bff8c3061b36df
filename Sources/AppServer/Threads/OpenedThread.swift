import History
import JSONRPC
import Protocol
import Rollouts
import Settings
import System

/// A stored thread whose files are open and were looked over, as far as an answer needs it.
struct OpenedThread: Sendable {
  let place: RolloutStore.Place
  let chain: RolloutChain
  private(set) var stored: ThreadHistory
  /// All turns of it, if they were written before.
  let written: WrittenTurns

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
    _ place: RolloutStore.Place, _ chain: RolloutChain, _ part: ThreadPart = .whole,
    directory: String, log: Log
  ) throws(RPCError) {
    let stored: ThreadHistory
    do throws(SystemError) {
      if let end = try part.end(of: chain, id: place.id) {
        stored = end
      } else {
        stored = try ThreadHistory(chain, id: place.id)
      }
    } catch {
      throw .unreadable(error)
    }
    try self.init(place, chain, stored, directory: directory, log: log)
  }

  /// The same of no more than a part; nil where that takes a look at more of the files.
  fileprivate init?(
    _ place: RolloutStore.Place, _ chain: RolloutChain, endOf part: ThreadPart, upTo limit: Int,
    directory: String, log: Log
  ) throws(RPCError) {
    let stored: ThreadHistory?
    do throws(SystemError) {
      stored = try part.end(of: chain, id: place.id, upTo: limit)
    } catch {
      throw .unreadable(error)
    }
    guard let stored else { return nil }
    try self.init(place, chain, stored, directory: directory, log: log)
  }

  private init(
    _ place: RolloutStore.Place, _ chain: RolloutChain, _ stored: ThreadHistory,
    directory: String, log: Log
  ) throws(RPCError) {
    guard stored.isUsable else {
      throw .emptyRollout(place.path, hasBytes: chain.links.contains { $0.end > 0 })
    }
    self.place = place
    self.chain = chain
    self.stored = stored
    written = WrittenTurns()
    self.stored.plan.directories[0] = stored.recorded.directory(serverDirectory: directory)
    report(to: log)
  }

  /// One that was opened before.
  init(
    _ place: RolloutStore.Place, again chain: RolloutChain, _ stored: ThreadHistory,
    _ written: WrittenTurns
  ) {
    self.place = place
    self.chain = chain
    self.stored = stored
    self.written = written
  }

  /// Names what was passed over: damage is never silent, and never fatal.
  private func report(to log: Log) {
    for problem in chain.problems { log.warn("thread \(id): \(problem)") }
    if let path = place.unusable { log.warn("thread \(id): nothing of use in \(path)") }
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
  /// Opens a thread, beside the loop if much of its files is to be read, and goes on with it on the
  /// loop.
  static func open<Response>(
    _ place: RolloutStore.Place, _ part: ThreadPart = .whole, on server: Server,
    then finish: @escaping (OpenedThread, Server) throws(RPCError) -> Reply<Response>
  ) throws(RPCError) -> Reply<Response> {
    let opening = Opening(place, part, on: server)
    let tellAndFinish = { (opened: OpenedThread, server: Server) throws(RPCError) in
      server.tell(opened.losses, of: opened.id)
      return try finish(opened, server)
    }
    if let opened = try opening.quickly() { return try tellAndFinish(opened, server) }
    return .later(
      { (cancellation) throws(RPCError) in
        try cancellation.endReading { () throws(RPCError) in try opening.opened() }
      }, then: tellAndFinish)
  }

  /// The same for the methods that show a stored thread, archived or not, without loading it.
  static func open<Response>(
    _ id: UUID, _ part: ThreadPart = .whole, on server: Server,
    then finish: @escaping (OpenedThread, Server) throws(RPCError) -> Reply<Response>
  ) throws(RPCError) -> Reply<Response> {
    let place: RolloutStore.Place
    do throws(StoreError) {
      place = try server.place(of: id)
    } catch {
      if case .notFound = error { throw .threadNotLoaded(id.description) }
      throw RPCError(error)
    }
    return try open(place, part, on: server, then: finish)
  }

  /// The same for the methods that change a thread.
  static func open<Response>(
    toChange id: UUID, _ part: ThreadPart = .whole, on server: Server,
    then finish: @escaping (OpenedThread, Server) throws(RPCError) -> Reply<Response>
  ) throws(RPCError) -> Reply<Response> {
    let place: RolloutStore.Place
    do throws(StoreError) { place = try server.place(of: id) } catch { throw RPCError(error) }
    return try open(place, part, on: server, then: finish)
  }
}

/// What it takes to open a thread.
private struct Opening: Sendable {
  private let place: RolloutStore.Place
  private let part: ThreadPart
  private let unstored: UnstoredThread?
  private let store: RolloutStore
  private let recent: RecentThreads
  private let directory: String
  private let log: Log

  init(_ place: RolloutStore.Place, _ part: ThreadPart, on server: Server) {
    self.place = place
    self.part = part
    unstored = server.loadedThreads[place.id]?.unstored
    store = server.store
    recent = server.recentThreads
    directory = server.host.directory
    log = server.log
  }

  /// So much of a file, in bytes, is read while others wait: it takes about a millisecond.
  private static let quickSize = 1 << 20
  /// So much of the end of one: most of that is only glanced at.
  private static let quickEnd = 4 << 20

  func opened() throws(RPCError) -> OpenedThread {
    let chain = try chain()
    // Of a small thread a part costs no less than the whole.
    let part = chain.size <= Self.quickSize ? .whole : part
    let opened = try OpenedThread(place, chain, part, directory: directory, log: log)
    if part.isWhole { recent.keep(opened, in: store) }
    return opened
  }

  /// Nil where that may take its time; a compressed file may hold any number of bytes.
  func quickly() throws(RPCError) -> OpenedThread? {
    if RolloutFile.isCompressed(place.path) { return nil }
    if let known { return known }
    let size = unstored?.size ?? (try? FileStatus(path: place.path).size) ?? 0
    if size <= Self.quickSize { return try opened() }
    if part.isWhole { return nil }
    return try OpenedThread(
      place, chain(), endOf: part, upTo: Self.quickEnd, directory: directory, log: log)
  }

  /// What is remembered of the thread, if that is what a fresh look would give: the end of a large
  /// thread tells a little less than the whole (ARCHITECTURE.md, "Reading the end of a thread").
  private var known: OpenedThread? {
    guard let known = recent.thread(at: place, in: store),
      part.isWhole || known.chain.size <= Self.quickSize
    else { return nil }
    return known
  }

  private func chain() throws(RPCError) -> RolloutChain {
    if let unstored { return try unstored.chain() }
    do throws(StoreError) { return try store.chain(place) } catch { throw RPCError(error) }
  }
}
