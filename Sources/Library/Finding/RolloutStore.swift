package import Platform
package import Rollouts

/// The rollouts below one home: which files belong to which thread (ROLLOUTS.md 2.2).
///
/// The files are the only truth: every question is answered from the names on disk and, where they
/// do not tell, from the first record of the files. Nothing is written.
package final class RolloutStore: Sendable {
  /// Absolute, with the symbolic links that it was given with.
  package let home: String
  package let names: SessionIndex
  package let listing: RolloutListing
  let folders: RolloutHome
  let headers = HeaderCache()
  let ownerCache = OwnerCache()

  package init(home: String) {
    self.home = home
    folders = RolloutHome(path: home)
    listing = RolloutListing(home: home)
    names = SessionIndex(home: home)
  }

  /// Finds a thread by its id, among archived ones too.
  ///
  /// Names are looked at first; the headers of all files only where no name holds the id.
  package func find(_ id: UUID) throws(LibraryError) -> FoundThread {
    let files = try files()
    let named = files.naming(id)
    if named.count == 1, let found = find(id, in: named[0]) { return found }
    if let location = newest(of: owners(of: id, among: named)) {
      return FoundThread(noting(location, among: named))
    }
    // No name holds the id, or those that do belong to other threads.
    if let location = newest(of: owners(of: id, among: files.others(than: id))) {
      return FoundThread(location)
    }
    throw .notFound(id)
  }

  /// Finds a thread in the only file whose name holds its id; nil where that is another thread's, or
  /// cannot be opened.
  private func find(_ id: UUID, in file: RolloutFile) -> FoundThread? {
    let path = file.path
    if let header = headers.known(path) {
      return FoundThread(id, RolloutOwner(file.name, header), path, isArchived: file.isArchived)
    }
    // To learn the header of a compressed file, less than the whole of it has to be unpacked.
    guard !file.name.isCompressed, let head = try? openHead(path) else { return nil }
    let owner = RolloutOwner(file.name, head.meta)
    return FoundThread(id, owner, path, isArchived: file.isArchived, head: head)
  }

  /// Opens a rollout and reads its header; the header is remembered.
  func openHead(_ path: String) throws(SystemError) -> RolloutHead {
    let start = WallClock.now()
    let file = try RolloutFile.open(path)
    let meta = try HeadReader.sessionMeta(of: file)
    if !RolloutFile.isCompressed(path) {
      headers.keep(meta.map { HeaderIDs($0) }, of: try file.status())
    }
    return RolloutHead(file: file, meta: meta, start: start)
  }

  /// Opens the newest file of a thread whose location is known.
  package func find(_ location: ThreadLocation) throws(LibraryError) -> FoundThread {
    FoundThread(
      location,
      head: try LibraryError.reading { () throws(SystemError) in try openHead(location.path) })
  }

  /// The files of a thread, oldest first, opened.
  package func chain(_ found: FoundThread) throws(LibraryError) -> RolloutChain {
    try LibraryError.reading { () throws(SystemError) in
      let head = if let known = found.head { known } else { try openHead(found.location.path) }
      return try RolloutChain(
        head: head.file, meta: head.meta, since: head.start, find: path(ofBase:))
    }
  }

  /// The file that a `history_base` means: its id is the last one in the file's name.
  package func path(ofBase id: UUID) -> String? { (try? files())?.base(id)?.path }

  /// All files, as of now.
  func files() throws(LibraryError) -> RolloutFiles {
    try LibraryError.reading(listing.all)
  }
}

// Which of several files counts.
extension RolloutStore {
  /// Those of some files that belong to a thread.
  func owners(
    of id: UUID, among files: [RolloutFile]
  ) -> [(file: RolloutFile, owner: RolloutOwner)] {
    files.compactMap { file in
      let owner = RolloutOwner(file.name, headers.header(of: file.path))
      return owner.id == id || owner.alias == id ? (file, owner) : nil
    }
  }

  /// The file to read a thread from, if several belong to it: active before archived; the newest
  /// segment before all others; plain before compressed; a file's own name before that of a copy; and
  /// then what was written to last.
  package func newest(of files: [(file: RolloutFile, owner: RolloutOwner)]) -> ThreadLocation? {
    let isOrderedByIDs = files.allSatisfy { $0.owner.segment?.hasOrderedID ?? true }
    let precedences = files.map { Precedence($0.file, $0.owner, isOrderedByIDs) }
    let best = precedences.max()
    let equals = zip(files, precedences).filter { $0.1 == best }.map(\.0)
    let chosen =
      equals.count < 2 ? equals.first : equals.max { lastTime($0.file) < lastTime($1.file) }
    guard let chosen, let id = chosen.owner.id else { return nil }
    return ThreadLocation(id: id, path: chosen.file.path, isArchived: chosen.file.isArchived)
  }

  /// When the last record of a file was written, in ms since 1970; copies of a file tell one time.
  private func lastTime(_ file: RolloutFile) -> Int64 {
    (try? RolloutFile.open(file.path)).flatMap { try? TailReader.lastTimestamp(of: $0) } ?? 0
  }
}

private struct Precedence: Comparable {
  private let isActive: Bool
  private let segment: RolloutOwner.Segment?
  /// Whether the ids of all segments tell which is newer; the times in names are of whole seconds
  /// and of the clocks on walls.
  private let isOrderedByIDs: Bool
  private let rank: Int

  init(_ file: RolloutFile, _ owner: RolloutOwner, _ isOrderedByIDs: Bool) {
    isActive = !file.isArchived
    segment = owner.segment
    self.isOrderedByIDs = isOrderedByIDs
    rank = file.rank
  }

  static func < (left: Precedence, right: Precedence) -> Bool {
    if left.isActive != right.isActive { return right.isActive }
    if left.segment != right.segment {
      guard let one = left.segment, let other = right.segment else { return left.segment == nil }
      return left.isOrderedByIDs ? one.id < other.id : (one.time, one.id) < (other.time, other.id)
    }
    return left.rank > right.rank
  }
}

extension RolloutStore {
  /// Whether to open the files of a thread anew would be to open the same files with the same content:
  /// those that were opened are unchanged, and what they refer to is found where it was.
  func isCurrent(_ visit: ChainVisit) -> Bool {
    visit.isStill
      && visit.bases.allSatisfy { base in
        RolloutName(Path.lastComponent(of: base)).flatMap { path(ofBase: $0.lastID) } == base
      }
  }
}
