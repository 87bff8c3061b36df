import History
import JSON
import JSONRPC
import Protocol
import Rollouts
import Settings
import System

/// A thread that is being made of another: it stands on the other's files where those can be
/// referred to, and else has a copy of them (ROLLOUTS.md 6.4).
struct Fork: Sendable {
  let settings: EffectiveSettings
  private let meta: NewSessionMeta
  private let cut: ThreadCut
  /// Whether nobody could tell the settings from what is copied.
  private let recordsSettings: Bool
  private let path: String
  /// The parent's.
  private let name: String?

  init(
    _ parent: OpenedThread, _ cut: ThreadCut, _ settings: EffectiveSettings,
    _ params: ThreadFork.Params, on server: Server
  ) throws(RPCError) {
    let now = WallClock.now()
    var meta = NewSessionMeta(id: UUID(version7At: now), time: now)
    meta.take(settings, of: server)
    try meta.inherit(from: parent.completeHeader())
    if let originator = parent.stored.meta.originator { meta.originator = originator }
    meta.forkedFrom = parent.id
    meta.generation = parent.stored.generation.ofNewFiles
    meta.threadSource = params.threadSource
    if let instructions = params.overrides.baseInstructions {
      meta.baseInstructions = NewSessionMeta.instructions(instructions)
    }
    if settings.cwd == parent.stored.recorded.directory(serverDirectory: server.host.directory) {
      meta.git = parent.stored.git
    }
    if meta.generation.refersToFiles, !cut.isAtBeginning { meta.historyBase = server.base(cut) }
    self.meta = meta
    self.settings = settings
    let told = parent.stored.recorded
    let implied = try server.settings(for: ThreadOverrides(), of: .fork(of: told))
    recordsSettings =
      meta.generation.refersToFiles || settings != implied || told.model != nil
      || told.approvalPolicy != nil
    self.cut = cut
    path = server.store.path(
      for: RolloutName(time: LocalTime(unixSeconds: now / 1000), thread: meta.id))
    name =
      server.loadedThreads[parent.id]?.unstored?.name ?? server.store.names.name(of: parent.id)
      ?? parent.stored.name
  }

  /// The new thread without a file: the parent's open files stay what it stands on.
  func inMemory() throws(RPCError) -> UnstoredThread {
    try UnstoredThread(meta, settings, path: nil, name: name, on: cut.links)
  }

  /// Copies of up to this many bytes are made while others wait.
  private static let quickSize = 1 << 20

  /// Stores the new thread and opens it, beside the loop if much is to be copied.
  func store<Response>(
    on server: Server,
    then finish: @escaping (OpenedThread, Server) throws(RPCError) -> Reply<Response>
  ) throws(RPCError) -> Reply<Response> {
    let store = server.store
    let directory = server.host.directory
    let log = server.log
    let make = { @Sendable () throws(RPCError) -> OpenedThread in
      try write()
      let place = RolloutStore.Place(id: meta.id, path: path, isArchived: false)
      return try OpenedThread(place, in: store, directory: directory, log: log)
    }
    let size = cut.links.reduce(0) { $0 + $1.end }
    if size <= Self.quickSize { return try finish(make(), server) }
    return .later({ (_) throws(RPCError) in try make() }, then: finish)
  }

  private func write() throws(RPCError) {
    var records = RecordWriter(time: meta.time, ordinal: meta.ordinal)
    records.append("session_meta", meta.members)
    do throws(SystemError) {
      let file = try AtomicFile(path)
      try file.write(records.bytes.span.bytes)
      let ordinal = try copy(to: file, from: records.ordinal)
      // The newest settings count: these stand behind what is copied.
      records = RecordWriter(time: meta.time, ordinal: ordinal)
      if recordsSettings { records.append("event_msg", settings.applied(to: meta.id)) }
      try file.write(records.bytes.span.bytes)
      try file.publish()
    } catch {
      throw .unwritable(error)
    }
  }

  /// Copies what of the parent cannot be referred to.
  ///
  /// - Parameter ordinal: That of the first copied record; nil in threads without ordinals.
  /// - Returns: The ordinal of the next record behind the copy; nil in threads without ordinals.
  private func copy(to file: borrowing AtomicFile, from ordinal: Int64?) throws(SystemError)
    -> Int64?
  {
    if meta.generation.refersToFiles, meta.historyBase != nil || cut.isAtBeginning {
      return ordinal
    }
    return try RolloutCopy(cut.links).write(from: ordinal) { (bytes) throws(SystemError) in
      try file.write(bytes)
    }
  }

  /// Gives the new thread its parent's name; one that cannot be stored is no reason to fail.
  func inheritName(on server: Server) {
    guard let name else { return }
    do throws(SystemError) {
      try server.store.names.append(name, of: meta.id, at: meta.time)
    } catch {
      server.log.warn("thread \(meta.id): its name was not stored: \(error)")
    }
  }
}
