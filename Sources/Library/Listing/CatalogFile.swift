import History
import Platform
import Rollouts
import Synchronization

/// A rollout file and what its ends say, remembered for as long as it does not change.
final class CatalogFile: Sendable {
  /// What was found in a file.
  struct Entry: Sendable {
    let owner: RolloutOwner
    /// Nil where there is nothing to list.
    let overview: ThreadOverview?
  }

  let file: RolloutFile
  private let memory = Mutex(Memory())
  /// Held by who looks at the file; who comes meanwhile takes what is found.
  private let looking = Mutex(())

  private struct Memory {
    /// Of the file that was looked at; nil where it could not be read, or not its whole chain.
    var status: FileStatus?
    var bases: [Base] = []
    /// When it was looked at; nil where it never was.
    var checked: LookTime?
    /// Whether it was read, and not its end alone.
    var isRead = false
    var entry: Entry?
    var updates = UpdateTimes()
  }

  /// What a look finds.
  private struct Found {
    var status: FileStatus?
    var bases: [Base] = []
    var isRead = true
    var entry: Entry?
    var updatedAt: Int64?
  }

  /// A file on which the thread in another one stands. That it goes on does not matter.
  private struct Base {
    private let path: String
    private let status: FileStatus?

    init(_ link: RolloutChain.Link) {
      path = link.file.path
      status = try? FileStatus(path: path)
    }

    /// Whether the path leads to the very file.
    var isThere: Bool {
      guard let status, let now = try? FileStatus(path: path) else { return false }
      return now.isSameFile(as: status)
    }
  }

  /// How much is to be known of a file.
  enum Depth { case end, overview }

  /// - Parameter predecessor: A file of the same thread, which goes on in this one: packed, unpacked,
  ///   moved or begun anew.
  init(_ file: RolloutFile, after predecessor: CatalogFile? = nil) {
    self.file = file
    if let times = predecessor?.memory.withLock({ $0.updates }) {
      memory.withLock { $0.updates = times }
    }
  }

  /// What the last look found; nil where nothing tells whose file it is.
  var entry: Entry? { memory.withLock { $0.entry } }

  /// When the conversation last went on, in ms since 1970, as it was known at a time; nil where
  /// nothing was known then, or there is nothing to list.
  func updatedAt(asOf moment: Int64) -> Int64? {
    memory.withLock { $0.updates.value(asOf: moment) }
  }

  /// The same as it was first known.
  var firstUpdatedAt: Int64? { memory.withLock { $0.updates.first } }

  /// The same as it is known now.
  var updatedAt: Int64? { memory.withLock { $0.updates.current } }

  /// Whether the last look at the file is too long ago, or did not go so deep.
  func needsLook(_ depth: Depth, at now: LookTime) -> Bool {
    memory.withLock { memory in
      guard let checked = memory.checked, checked.isStillGood(at: now) else { return true }
      return depth == .overview && !memory.isRead
    }
  }

  /// Looks at the file, and reads it if it is another one than the last time.
  func look(
    _ depth: Depth, at now: LookTime, base: (UUID) -> String?, directory: String
  ) {
    looking.withLock { _ in
      if needsLook(depth, at: now) { lookAgain(depth, at: now, base, directory) }
    }
  }

  private func lookAgain(
    _ depth: Depth, at now: LookTime, _ base: (UUID) -> String?, _ directory: String
  ) {
    let known = memory.withLock { $0 }
    if depth == .end || known.isRead, let knownStatus = known.status,
      let status = try? FileStatus(path: file.path), status == knownStatus,
      known.bases.allSatisfy(\.isThere)
    {
      return memory.withLock { $0.checked = now }
    }
    let found = depth == .end ? (try? readEnd()) ?? nil : nil
    // Reading goes on even if the request that asked for it was cancelled: other requests may wait
    // for what it finds.
    note(found ?? readOrName(base, directory), at: now)
  }

  private func note(_ found: Found, at now: LookTime) {
    memory.withLock { memory in
      memory.status = found.status
      memory.bases = found.bases
      memory.checked = now
      memory.isRead = found.isRead
      memory.entry = found.entry
      memory.updates.note(found.updatedAt, at: now.time)
    }
  }

  /// Nil where the end does not tell.
  private func readEnd() throws(SystemError) -> Found? {
    guard !file.name.isCompressed else { return nil }
    let (status, time) = try TailReader.conversationTime(at: file.path)
    return time.map { Found(status: status, isRead: false, updatedAt: $0) }
  }

  private func read(
    _ base: (UUID) -> String?, _ directory: String
  ) throws(SystemError) -> Found {
    // Of a compressed one what is opened is another file.
    let compressed = file.name.isCompressed ? try FileStatus(path: file.path) : nil
    let head = try RolloutFile.open(file.path)
    let status = if let compressed { compressed } else { try head.status() }
    guard status.size > 0 else { return Found(status: status) }
    let chain = try RolloutChain(head: head, find: base)
    let isWhole = chain.problems.isEmpty
    let owner = RolloutOwner(file.name, chain.meta)
    guard let id = owner.id else { return Found(status: status) }
    let summary = try ThreadSummary(endsOf: chain, id: id)
    let location = ThreadLocation(id: id, path: file.path, isArchived: file.isArchived)
    let overview =
      summary.isUsable && summary.hasUserMessage
      ? ThreadOverview(location, summary, directory: directory) : nil
    return Found(
      status: isWhole ? status : nil, bases: chain.links.dropLast().map(Base.init),
      entry: Entry(owner: owner, overview: overview),
      updatedAt: overview?.updatedAt)
  }

  /// What is in the file; of a file that is there and cannot be read, what its name tells.
  private func readOrName(_ base: (UUID) -> String?, _ directory: String) -> Found {
    do throws(SystemError) { return try read(base, directory) } catch {
      return error.isNotFound ? Found() : named(because: error, directory)
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
