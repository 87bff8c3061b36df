package import Platform
package import Rollouts

/// The rollout files of one home, and the threads that they belong to (ROLLOUTS.md 2.2).
///
/// Every answer comes from the file names on the disk and, where the names are not enough, from the
/// headers of the files. Nothing is written.
package final class RolloutStore: Sendable {
  /// The absolute path of the home as it was given, with its symbolic links.
  package let home: String
  /// The names of the threads.
  package let names: SessionIndex
  /// The rollout files of the home.
  package let listing: RolloutListing
  let folders: RolloutHome
  let headers = HeaderCache()
  let ownerCache = OwnerCache()

  /// Creates a store.
  ///
  /// - Parameter home: The absolute path of the home.
  package init(home: String) {
    self.home = home
    folders = RolloutHome(path: home)
    listing = RolloutListing(home: home)
    names = SessionIndex(home: home)
  }

  /// Finds an active or archived thread by its id.
  ///
  /// File names are searched first. The headers of all files are read only if no name contains the
  /// id.
  ///
  /// - Throws: `notFound` if no file belongs to the thread, `unreadable` if the thread or a newer
  ///   file of it may be where the home cannot be read.
  package func find(_ id: UUID) throws(LibraryError) -> FoundThread {
    var files = try files()
    var looks = 0
    while true {
      looks += 1
      do throws(LibraryError) { return try find(id, in: files) } catch {
        // Another process may have moved the thread while the folders were read, or since then.
        let now = try self.files()
        guard looks < Self.looks, now !== files else { throw error }
        files = now
      }
    }
  }

  /// How often a thread is looked up that other processes move.
  private static let looks = 5

  private func find(_ id: UUID, in files: RolloutFiles) throws(LibraryError) -> FoundThread {
    let named = files.naming(id)
    if named.count == 1, let found = find(id, in: named[0]) {
      return files.unread.isEmpty
        ? found : found.moved(to: try checked(found.location, among: [], of: files))
    }
    if let location = newest(of: owners(of: id, among: named)) {
      try checkIsThere(location)
      return FoundThread(try checked(location, among: named, of: files))
    }
    // Either no name contains the id, or the files with such names belong to other threads.
    if let location = newest(of: owners(of: id, among: files.others(than: id))) {
      try checkIsThere(location)
      return FoundThread(try checked(location, among: [], of: files))
    }
    if let unread = files.unread.first { throw .unreadable(unread.error) }
    try LibraryError.reading { () throws(SystemError) in
      for file in named { _ = try headers.header(of: file.path) }
    }
    throw .notFound(id)
  }

  /// Finds a thread in the only file whose name contains its id; nil if the file belongs to another
  /// thread or cannot be opened.
  private func find(_ id: UUID, in file: RolloutFile) -> FoundThread? {
    let path = file.path
    if let header = headers.known(path) {
      return FoundThread(id, RolloutOwner(file.name, header), path, isArchived: file.isArchived)
    }
    // The header of a compressed file is read elsewhere, because that unpacks less than the whole
    // file.
    guard !file.name.isCompressed, let head = try? openHead(path) else { return nil }
    let owner = RolloutOwner(file.name, head.meta)
    return FoundThread(id, owner, path, isArchived: file.isArchived, head: head)
  }

  /// Opens a rollout and reads its header, which is then remembered.
  func openHead(_ path: String) throws(SystemError) -> RolloutHead {
    let start = WallClock.now()
    let file = try RolloutFile.open(path)
    let status = try file.status()
    let meta = try HeadReader.sessionMeta(of: file)
    if !RolloutFile.isCompressed(path) { headers.keep(meta.map { HeaderIDs($0) }, of: status) }
    return RolloutHead(file: file, meta: meta, start: start)
  }

  /// Calls `body`, which opens a found thread. If another process has moved or replaced its file
  /// since it was found, the thread is looked up by its id, and `body` is called again.
  ///
  /// - Throws: The error of `body`, `notFound` if the thread was deleted.
  package func opening<Value>(
    _ found: FoundThread, _ body: (FoundThread) throws(LibraryError) -> Value
  ) throws(LibraryError) -> Value {
    var found = found
    for _ in 0..<Self.looks {
      do throws(LibraryError) { return try body(found) } catch {
        guard case .unreadable(let failure) = error, failure.isMissing,
          failure.path == found.location.path, isBelowHome(failure.path)
        else { throw error }
      }
      found = try find(found.location.id)
    }
    return try body(found)
  }

  /// - Throws: `unreadable` if the file of a thread is no longer there.
  private func checkIsThere(_ location: ThreadLocation) throws(LibraryError) {
    _ = try LibraryError.reading { () throws(SystemError) in try FileStatus(path: location.path) }
  }

  private func isBelowHome(_ path: String) -> Bool {
    [folders.sessions, folders.archivedSessions].contains { path.hasPrefix($0 + "/") }
  }

  /// Opens the files that an open head continues.
  package func chain(behind head: File) throws(LibraryError) -> RolloutChain {
    try LibraryError.reading { () throws(SystemError) in
      try RolloutChain(head: head, find: BaseFinder(listing, nil).path(of:))
    }
  }

  /// Opens the files of a thread, the oldest first.
  package func chain(_ found: FoundThread) throws(LibraryError) -> RolloutChain {
    try LibraryError.reading { () throws(SystemError) in
      let head = if let known = found.head { known } else { try openHead(found.location.path) }
      return try RolloutChain(
        head: head.file, meta: head.meta, since: head.start,
        find: BaseFinder(listing, nil).path(of:))
    }
  }

  /// All rollout files of the home, as they are now.
  func files() throws(LibraryError) -> RolloutFiles {
    try LibraryError.reading(listing.all)
  }
}

// The choice between several files of one thread.
extension RolloutStore {
  /// The files that belong to a thread, with their owners. A file whose header cannot be read belongs
  /// to the thread that its name tells.
  func owners(
    of id: UUID, among files: [RolloutFile]
  ) -> [(file: RolloutFile, owner: RolloutOwner)] {
    files.compactMap { file in
      let owner = RolloutOwner(file.name, (try? headers.header(of: file.path)) ?? nil)
      return owner.id == id || owner.alias == id ? (file, owner) : nil
    }
  }

  /// The file from which a thread is read, if several files belong to it; nil if there is no file
  /// or the thread is unknown.
  ///
  /// The order of precedence: the newest segment before all other files, active before archived,
  /// uncompressed before compressed, the canonical name before the name of a copy. Of equal files,
  /// the file with the latest record is chosen. A file that an interrupted move has left with an
  /// active and an archived name counts as archived.
  package func newest(of all: [(file: RolloutFile, owner: RolloutOwner)]) -> ThreadLocation? {
    let files = withoutSecondNames(all)
    let isOrderedByIDs = files.allSatisfy { $0.owner.segment?.hasOrderedID ?? true }
    let precedences = files.map { Precedence($0.file, $0.owner, isOrderedByIDs) }
    let best = precedences.max()
    let equals = zip(files, precedences).filter { $0.1 == best }.map(\.0)
    let chosen =
      equals.count < 2 ? equals.first : equals.max { lastTime($0.file) < lastTime($1.file) }
    guard let chosen, let id = chosen.owner.id else { return nil }
    let path = chosen.file.path
    var location = ThreadLocation(id: id, path: path, isArchived: chosen.file.isArchived)
    let copies = files.lazy.filter { $0.owner.id == id && $0.owner.segment == chosen.owner.segment }
    location.copyPath = copies.map(\.file.path).first { $0 != path && !areSameFile($0, path) }
    return location
  }

  /// The files without the active names of those that have an archived name too.
  private func withoutSecondNames(
    _ files: [(file: RolloutFile, owner: RolloutOwner)]
  ) -> [(file: RolloutFile, owner: RolloutOwner)] {
    let archived = Dictionary(grouping: files.map(\.file).filter(\.isArchived), by: \.name)
    guard !archived.isEmpty else { return files }
    return files.filter { file, _ in
      file.isArchived
        || archived[file.name]?.contains { areSameFile($0.path, file.path) } != true
    }
  }

  /// The files of one thread in an order in which they can be removed one after the other: the file
  /// from which the thread is read is the last one.
  package func headLast(_ files: [RolloutFile]) -> [RolloutFile] {
    guard files.count > 1 else { return files }
    let owned = files.map { file in
      (file: file, owner: RolloutOwner(file.name, (try? headers.header(of: file.path)) ?? nil))
    }
    let head = newest(of: owned)?.path
    return files.filter { $0.path != head } + files.filter { $0.path == head }
  }

  /// When the last record of a file was written, in milliseconds since 1970; 0 if that is unknown.
  private func lastTime(_ file: RolloutFile) -> Int64 {
    (try? RolloutEnds(of: file.path)).flatMap { try? TailReader.lastTimestamp(of: $0.file) } ?? 0
  }
}

/// The precedence of a file among all files of a thread: the greatest one is read.
private struct Precedence: Comparable {
  private let isActive: Bool
  private let segment: RolloutOwner.Segment?
  /// Whether the ids of all segments contain a time. If not, segments are ordered by the times in
  /// their names, which are less exact: whole seconds of local time.
  private let isOrderedByIDs: Bool
  private let rank: Int

  init(_ file: RolloutFile, _ owner: RolloutOwner, _ isOrderedByIDs: Bool) {
    isActive = !file.isArchived
    segment = owner.segment
    self.isOrderedByIDs = isOrderedByIDs
    rank = file.rank
  }

  static func < (left: Precedence, right: Precedence) -> Bool {
    if left.segment != right.segment {
      guard let one = left.segment, let other = right.segment else { return left.segment == nil }
      return left.isOrderedByIDs ? one.id < other.id : (one.time, one.id) < (other.time, other.id)
    }
    if left.isActive != right.isActive { return right.isActive }
    return left.rank > right.rank
  }
}

extension RolloutStore {
  /// Whether an open chain is current: its files are unchanged, and each `history_base` still leads
  /// to the same path.
  func isCurrent(_ status: ChainStatus) -> Bool {
    status.isUnchanged
      && (status.bases.isEmpty || (try? files()).map(status.hasBases(in:)) ?? false)
  }
}
