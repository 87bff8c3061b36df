import History
import Platform
import Rollouts
import Synchronization

/// A rollout file and what its first and last records say, remembered until the file changes.
final class CatalogFile: Sendable {
  /// What a list shows of a file.
  struct Entry: Sendable {
    /// The thread that the file belongs to.
    let owner: RolloutOwner
    /// The thread as lists show it; nil if the file holds no user message, so that it is not
    /// listed, or if only its owner was read.
    let overview: ThreadOverview?
  }

  let file: RolloutFile
  private let memory = Mutex(Memory())
  /// Locked while a thread checks the file. Other threads wait and then use the result.
  private let looking = Mutex(())

  private struct Memory {
    /// The status of the file when it was checked; nil if the file or a part of its chain could not
    /// be read.
    var status: FileStatus?
    /// The base that the file goes on from; nil if there is none, or if a file before it is missing.
    var base: BaseTable.Place?
    /// When the file was checked last; nil if it never was.
    var checked: LookTime?
    /// How much of the file was read.
    var depth = Depth.end
    var isGone = false
    var entry: Entry?
    var updates = UpdateTimes()
  }

  /// The result of a check.
  private struct Found {
    var status: FileStatus?
    var base: BaseTable.Place?
    var depth = Depth.overview
    var isGone = false
    var entry: Entry?
    var updatedAt: Int64?
  }

  /// How much of a file has to be read: only the last timestamp; the thread that the file belongs to;
  /// or all that a list shows, for which the files before it are read too.
  enum Depth: Int { case end, owner, overview }

  /// Creates an entry for a file that was not checked yet.
  ///
  /// - Parameter predecessor: The file that held the thread before it was moved, compressed,
  ///   unpacked or continued in the new file. Its update times are kept. Nil if there is none.
  init(_ file: RolloutFile, after predecessor: CatalogFile? = nil) {
    self.file = file
    if let times = predecessor?.memory.withLock({ $0.updates }) {
      memory.withLock { $0.updates = times }
    }
  }

  /// What the last check found; nil if the file's thread is unknown.
  var entry: Entry? { memory.withLock { $0.entry } }

  /// Whether the file was not there any more at the last check.
  var isGone: Bool { memory.withLock { $0.isGone } }

  /// When the last message of the thread was written, in milliseconds since 1970, according to what
  /// was known at a given moment; nil if nothing was known then, or if the file is not listed.
  func updatedAt(asOf moment: Int64) -> Int64? {
    memory.withLock { $0.updates.value(asOf: moment) }
  }

  /// When the last message of the thread was written, according to the first check; nil if the file
  /// was never listed.
  var firstUpdatedAt: Int64? { memory.withLock { $0.updates.first } }

  /// When the last message of the thread was written, according to the last check; nil if the file
  /// is not listed.
  var updatedAt: Int64? { memory.withLock { $0.updates.current } }

  /// Whether the last check of the file is too old or did not read enough.
  func needsLook(_ depth: Depth, at now: LookTime) -> Bool {
    memory.withLock { memory in
      guard let checked = memory.checked, checked.isStillGood(at: now) else { return true }
      return depth.rawValue > memory.depth.rawValue
    }
  }

  /// Checks the file, and reads it if it has changed since the last check.
  ///
  /// - Parameters:
  ///   - bases: The files that other files of the catalog go on from.
  ///   - finder: Finds files that are not among `bases`.
  ///   - directory: The absolute path of the server's working directory.
  func look(
    _ depth: Depth, at now: LookTime, bases: BaseTable, _ finder: BaseFinder, directory: String
  ) {
    looking.withLock { _ in
      if needsLook(depth, at: now) { lookAgain(depth, at: now, bases, finder, directory) }
    }
  }

  private func lookAgain(
    _ depth: Depth, at now: LookTime, _ bases: BaseTable, _ finder: BaseFinder, _ directory: String
  ) {
    let known = memory.withLock { $0 }
    if depth.rawValue <= known.depth.rawValue, let knownStatus = known.status,
      let status = try? FileStatus(path: file.path), status == knownStatus,
      known.base.map({ bases.isThere($0, at: now) }) ?? true
    {
      return memory.withLock { $0.checked = now }
    }
    let found: Found? =
      switch depth {
      case .end: (try? readEnd()) ?? nil
      case .owner: try? readOwner()
      case .overview: nil
      }
    // The file is read even if the request was cancelled, because other requests may wait for the
    // result.
    note(found ?? readOrName(at: now, bases, finder, directory), at: now)
  }

  private func note(_ found: Found, at now: LookTime) {
    memory.withLock { memory in
      memory.status = found.status
      memory.base = found.base
      memory.checked = now
      memory.depth = found.depth
      memory.isGone = found.isGone
      memory.entry = found.entry
      if found.depth != .owner { memory.updates.note(found.updatedAt, at: now.time) }
    }
  }

  /// Reads the last timestamp of the file; nil if the last records contain none.
  private func readEnd() throws(SystemError) -> Found? {
    guard !file.name.isCompressed else { return nil }
    let (status, time) = try TailReader.conversationTime(at: file.path)
    return time.map { Found(status: status, depth: .end, updatedAt: $0) }
  }

  /// Reads the header of the file, which tells the thread that the file belongs to.
  private func readOwner() throws(SystemError) -> Found {
    let status = try FileStatus(path: file.path)
    let owner = RolloutOwner(file.name, try HeadReader.sessionMeta(at: file.path))
    return Found(status: status, depth: .owner, entry: Entry(owner: owner, overview: nil))
  }

  private func read(
    at now: LookTime, _ bases: BaseTable, _ finder: BaseFinder, _ directory: String
  ) throws(SystemError) -> Found {
    // What is unpacked of a compressed file has a size of its own, so its status is read from its path.
    let compressed = file.name.isCompressed ? try FileStatus(path: file.path) : nil
    let ends = try RolloutEnds(of: file.path)
    let status = if let compressed { compressed } else { try ends.file.status() }
    guard status.size > 0 else { return Found(status: status) }
    let found = try read(ends, status, at: now, bases, finder, directory)
    guard ends.hasGap, found.entry?.overview?.summary.preview.isEmpty ?? true else { return found }
    // The first message is further from the beginning.
    let more = try RolloutEnds(of: file.path, size: RolloutEnds.greatestSize)
    return try read(more, status, at: now, bases, finder, directory)
  }

  private func read(
    _ ends: RolloutEnds, _ status: FileStatus, at now: LookTime, _ bases: BaseTable,
    _ finder: BaseFinder, _ directory: String
  ) throws(SystemError) -> Found {
    let start = WallClock.now()
    let head = ends.file
    let meta = try HeadReader.sessionMeta(of: head)
    let owner = RolloutOwner(file.name, meta)
    guard let id = owner.id else { return Found(status: status) }
    let place = try meta?.historyBase.flatMap { (base) throws(SystemError) in
      try bases.place(of: base, finder, at: now)
    }
    let before = try place.map { (place) throws(SystemError) in
      try bases.bases(place, of: meta?.id)
    }
    let chain =
      if let before {
        try RolloutChain(
          head: head, meta: meta, bases: before.links, ownStartOrdinal: before.ownStartOrdinal)
      } else {
        try RolloutChain(
          head: head, meta: meta, since: start, onlyEnds: true, find: finder.path(of:))
      }
    var summary = try ThreadSummary(
      endsOf: chain, id: id, firstOfInterest: before?.firstOfInterest ?? 0)
    if !ends.hasEnd { summary.updatedAt = status.modifiedNanoseconds / 1_000_000 }
    let location = ThreadLocation(id: id, path: file.path, isArchived: file.isArchived)
    let overview =
      summary.isUsable && summary.hasUserMessage
      ? ThreadOverview(location, summary, directory: directory) : nil
    return Found(
      status: chain.problems.isEmpty ? status : nil, base: place,
      entry: Entry(owner: owner, overview: overview),
      updatedAt: overview?.updatedAt)
  }

  /// Reads the file. If that fails, a file that exists is listed with what its name and header say.
  private func readOrName(
    at now: LookTime, _ bases: BaseTable, _ finder: BaseFinder, _ directory: String
  ) -> Found {
    do throws(SystemError) { return try read(at: now, bases, finder, directory) } catch {
      let isGone = error.isNotFound && error.path == file.path
      return isGone ? Found(isGone: true) : named(because: error, directory)
    }
  }

  private func named(because error: SystemError, _ directory: String) -> Found {
    let meta = (try? HeadReader.sessionMeta(at: file.path)) ?? nil
    let owner = RolloutOwner(file.name, meta)
    guard let id = owner.id else { return Found() }
    var summary = ThreadSummary(header: meta, id: id)
    summary.createdAt = summary.createdAt ?? file.name.time.unixSeconds * 1000
    let location = ThreadLocation(id: id, path: file.path, isArchived: file.isArchived)
    let overview = ThreadOverview(
      location, summary, directory: directory, unreadable: "failed to \(error)")
    return Found(entry: Entry(owner: owner, overview: overview), updatedAt: overview.updatedAt)
  }
}
