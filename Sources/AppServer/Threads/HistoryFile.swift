import History
import JSON
import JSONRPC
import Protocol
import Rollouts
import Settings
import System

/// The rollout of a thread that a client makes from a history of its own (HISTORY.md 6).
struct HistoryFile: Sendable {
  private let items: ModelInput
  private let storage: ModelInputRecords
  private let place: RolloutStore.Place
  private let worker: Worker
  private let directory: String
  private let log: Log

  init(
    _ items: ModelInput, settings: EffectiveSettings, instructions: JSONText?, on server: Server
  ) {
    self.items = items
    worker = server.worker
    directory = server.host.directory
    log = server.log
    let now = WallClock.now()
    var meta = NewSessionMeta(id: UUID(version7At: now), time: now)
    meta.take(settings, of: server)
    meta.baseInstructions = instructions.map { NewSessionMeta.instructions($0) }
    storage = ModelInputRecords(meta, settings: RawJSON(WireMap(settings.applied(to: meta.id))))
    let name = RolloutName(time: LocalTime(unixSeconds: now / 1000), thread: meta.id)
    place = RolloutStore.Place(id: meta.id, path: server.store.path(for: name), isArchived: false)
  }

  /// Stores the thread, all of it or nothing, and opens it: what is answered is what is stored.
  ///
  /// It is looked over while the system brings it to the disk.
  func open() throws(RPCError) -> OpenedThread {
    let opening: Ahead<Result<OpenedThread, RPCError>>
    do throws(SystemError) {
      let file = try AtomicFile(place.path)
      try storage.write(items.text) { (bytes) throws(SystemError) in try file.write(bytes) }
      let content = try file.content()
      opening = Ahead(on: worker) { Result { () throws(RPCError) in try opened(content) } }
      try file.publish()
    } catch {
      throw .unwritable(error)
    }
    return try opening.value.get()
  }

  private func opened(_ content: File) throws(RPCError) -> OpenedThread {
    let chain: RolloutChain
    do throws(SystemError) { chain = try RolloutChain(head: content) { _ in nil } } catch {
      throw .unreadable(error)
    }
    return try OpenedThread(place, chain, directory: directory, log: log)
  }
}
