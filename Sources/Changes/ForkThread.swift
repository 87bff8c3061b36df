import History
import JSON
package import Library
import Platform
import Protocol
import Rollouts
package import Settings

/// The properties of a fork that is to be created.
package struct ForkRequest: Sendable {
  /// The properties that every new thread has.
  package var new: NewThread
  /// The part of the parent that the fork contains.
  package var prefix: HistoryPrefix
  /// The settings of the fork.
  package var settings: EffectiveSettings
  /// The settings that the fork would have if the request contained none.
  package var impliedSettings: EffectiveSettings
  /// The name of the parent; nil if it has none.
  package var name: String?

  /// Creates a request.
  package init(
    _ new: NewThread, prefix: HistoryPrefix, settings: EffectiveSettings,
    impliedSettings: EffectiveSettings, name: String?
  ) {
    self.new = new
    self.prefix = prefix
    self.settings = settings
    self.impliedSettings = impliedSettings
    self.name = name
  }
}

extension ThreadChanges {
  /// Creates and stores a fork of a thread. It refers to the files of its parent where that is
  /// possible, else contains a copy of them (ROLLOUTS.md 6.4).
  package func fork(
    _ parent: ThreadSnapshot, _ request: ForkRequest
  ) throws(ChangeError) -> ThreadSnapshot {
    let fork = try Fork(parent, request, self)
    return try changing { () throws(ChangeError) in
      let snapshot = try fork.store(in: library)
      inheritName(request.name, fork.meta)
      return snapshot
    }
  }

  /// Creates an ephemeral fork, which reads the records of its parent from the parent's open files.
  package func forkInMemory(
    _ parent: ThreadSnapshot, _ request: ForkRequest
  ) throws(ChangeError) -> DraftThread {
    let fork = try Fork(parent, request, self)
    return try DraftThread(
      fork.meta, request.settings, path: nil, name: request.name, on: request.prefix.links)
  }

  /// Gives the fork its parent's name. An error is only logged.
  private func inheritName(_ name: String?, _ meta: NewSessionMeta) {
    guard let name else { return }
    do throws(SystemError) {
      try library.store.names.append(name, of: meta.id, at: meta.time)
    } catch {
      library.log.warn("thread \(meta.id): its name was not stored: \(error)")
    }
  }
}

/// A fork that is being created.
private struct Fork {
  let meta: NewSessionMeta
  let path: String
  private let settings: EffectiveSettings
  private let prefix: HistoryPrefix
  /// Whether the settings have to be recorded, because they may differ from those in the copied
  /// records.
  private let recordsSettings: Bool

  init(
    _ parent: ThreadSnapshot, _ request: ForkRequest, _ changes: ThreadChanges
  ) throws(ChangeError) {
    let library = changes.library
    let now = WallClock.now()
    var meta = NewSessionMeta(id: UUID(version7At: now), time: now)
    meta.take(
      request.settings, originator: request.new.originator, version: changes.version)
    try meta.inherit(from: parent.completeHeader())
    if let originator = parent.history.meta.originator { meta.originator = originator }
    meta.forkedFrom = parent.id
    meta.generation = parent.history.generation.ofNewFiles
    meta.threadSource = request.new.threadSource
    if let instructions = request.new.baseInstructions {
      meta.baseInstructions = NewSessionMeta.instructions(instructions)
    }
    let told = parent.history.recorded
    if request.settings.cwd == told.directory(serverDirectory: library.directory) {
      meta.git = parent.history.git
    }
    if meta.generation.refersToFiles, !request.prefix.isAtBeginning {
      meta.historyBase = try request.prefix.base(in: library.store)
    }
    self.meta = meta
    settings = request.settings
    prefix = request.prefix
    recordsSettings =
      meta.generation.refersToFiles || request.settings != request.impliedSettings
      || told.model != nil || told.approvalPolicy != nil
    path = library.store.path(for: RolloutName(new: meta.id, at: now))
  }

  /// Stores the fork, completely or not at all. It is read before it gets its name, so that nothing
  /// can fail any more once it is stored.
  func store(in library: ThreadLibrary) throws(ChangeError) -> ThreadSnapshot {
    let location = ThreadLocation(id: meta.id, path: path, isArchived: false)
    let file = try ChangeError.writing { () throws(SystemError) in try AtomicFile(path) }
    let content = try ChangeError.writing { () throws(SystemError) in
      try write(to: file)
      return try file.content()
    }
    let snapshot = try ChangeError.reading { () throws(LibraryError) in
      try library.snapshot(of: location, in: content)
    }
    do throws(SystemError) { try file.publish(library.log) } catch { throw .unwritable(error) }
    return snapshot
  }

  private func write(to file: borrowing AtomicFile) throws(SystemError) {
    var records = RecordWriter(time: meta.time, ordinal: meta.ordinal)
    records.append("session_meta", meta.members)
    try FileGap.fill(meta.gaps, in: records.bytes) { (bytes) throws(SystemError) in
      try file.write(bytes)
    }
    let ordinal = try copyParent(to: file, from: records.ordinal)
    // The last settings in a file count, so they are written after the copied records.
    records = RecordWriter(time: meta.time, ordinal: ordinal)
    if recordsSettings { records.append("event_msg", settings.applied(to: meta.id)) }
    try file.write(records.bytes.span.bytes)
  }

  /// Copies the part of the parent, unless the fork refers to it.
  ///
  /// - Parameter ordinal: The ordinal of the first copied record; nil in threads without ordinals.
  /// - Returns: The ordinal of the next record after the copy; nil in threads without ordinals.
  private func copyParent(
    to file: borrowing AtomicFile, from ordinal: Int64?
  ) throws(SystemError) -> Int64? {
    if meta.generation.refersToFiles, meta.historyBase != nil || prefix.isAtBeginning {
      return ordinal
    }
    return try RolloutCopy(prefix.links).write(from: ordinal) { (bytes) throws(SystemError) in
      try file.write(bytes)
    }
  }
}
