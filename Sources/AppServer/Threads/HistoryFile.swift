import History
import JSON
import JSONRPC
import Protocol
import Rollouts
import Settings
import System

/// The rollout of a thread that a client makes from a history of its own (HISTORY.md 6).
struct HistoryFile: Sendable {
  private let items: [RawJSON]
  private let storage: HistoryStorage
  private let home: String

  init(
    _ items: [HistoryItem], settings: EffectiveSettings, instructions: JSONText?, on server: Server
  ) {
    self.items = items.map(\.raw)
    home = server.store.home
    let now = WallClock.now()
    var storage = HistoryStorage(id: UUID(version7At: now), time: now)
    storage.cwd = settings.cwd
    storage.originator = server.client?.name ?? ""
    storage.cliVersion = Version.inUserAgent
    storage.modelProvider = settings.modelProvider
    storage.baseInstructions = instructions
    storage.approvalPolicy = RawJSON(settings.approvalPolicy)
    storage.sandboxPolicy = settings.sandbox.recorded
    storage.model = settings.model
    storage.effort = settings.reasoningEffort
    self.storage = storage
  }

  /// Stores the thread, all of it or nothing, and returns where it is.
  func store() throws(RPCError) -> RolloutStore.Place {
    let name = RolloutName(
      time: LocalTime(unixSeconds: storage.time / 1000), thread: storage.id)
    let folder = Path.join(RolloutHome(path: home).sessions, name.dayFolder)
    let path = Path.join(folder, name.description)
    do throws(SystemError) {
      let file = try AtomicFile(path)
      try storage.write(items) { (bytes) throws(SystemError) in try file.write(bytes) }
      try file.publish()
    } catch {
      throw .unwritable(error)
    }
    return RolloutStore.Place(id: storage.id, path: path, isArchived: false)
  }
}
