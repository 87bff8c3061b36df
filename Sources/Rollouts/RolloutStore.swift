import Synchronization
package import System

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
  let claimMemory = ClaimMemory()

  package init(home: String) {
    self.home = home
    folders = RolloutHome(path: home)
    listing = RolloutListing(home: home)
    names = SessionIndex(home: home)
  }

  /// A thread's place: the file to read it from, and the id it answers to.
  package struct Place: Sendable, Equatable {
    package let id: UUID
    package let path: String
    package let isArchived: Bool
    /// The path of a newer file of the thread that holds nothing of use: the thread is what it was
    /// before that. Nil as a rule.
    package var unusable: String?

    package init(id: UUID, path: String, isArchived: Bool) {
      self.id = id
      self.path = path
      self.isArchived = isArchived
    }
  }

  /// Finds a thread by its id, among archived ones too.
  ///
  /// Names are looked at first; the headers of all files only where no name holds the id.
  package func thread(_ id: UUID) throws(StoreError) -> Place {
    let files = try files()
    let named = files.naming(id)
    if let place = best(of: claims(on: id, among: named)) { return noted(place, among: named) }
    // No name holds the id, or those that do belong to other threads.
    if let place = best(of: claims(on: id, among: files.others(than: id))) { return place }
    throw .notFound(id)
  }

  /// Opens a file that a client names: absolute, or relative to the home, else to `directory`.
  ///
  /// Where the path leads nowhere, the file may have been compressed or unpacked since, and bears
  /// that name now. An absolute path may also be from before the home was moved: then a file of
  /// that name below this home is meant.
  package func thread(
    atPath path: String, relativeTo directory: String
  ) throws(StoreError) -> Place {
    let found = try existing(path, relativeTo: directory)
    let claim = ThreadClaim(RolloutName(Path.lastComponent(of: found)), try header(at: found))
    if let id = claim.id {
      let isArchived = found.hasPrefix(folders.archivedSessions + "/")
      return Place(id: id, path: found, isArchived: isArchived)
    }
    if try hasRecord(found) { throw .nameless(path: found) }
    throw .empty(path: found, hasNoBytes: (try? FileStatus(path: found).size) == 0)
  }

  /// The files of a thread, oldest first, opened.
  package func chain(_ place: Place) throws(StoreError) -> RolloutChain {
    do throws(SystemError) {
      let start = WallClock.now()
      let head = try RolloutFile.open(place.path)
      return try RolloutChain(head: head, since: start) { self.path(ofBase: $0) }
    } catch {
      throw .unreadable(error)
    }
  }

  /// The file that a `history_base` means: the last id of its name.
  package func path(ofBase id: UUID) -> String? { (try? files())?.base(id)?.path }

  /// All files, as of now.
  func files() throws(StoreError) -> RolloutFiles {
    do throws(SystemError) { return try listing.all() } catch { throw .unreadable(error) }
  }
}

// By path.
extension RolloutStore {
  private func existing(
    _ path: String, relativeTo directory: String
  ) throws(StoreError) -> String {
    let bases = Path.isAbsolute(path) ? [""] : [home, directory]
    let candidates = bases.map { Path.normalize(Path.join($0, path)) }
    for candidate in candidates {
      guard let status = try? FileStatus(path: candidate) else { continue }
      switch status.kind {
      case .regular: return candidate
      case .directory: throw .badPath(path, .directory)
      case .symlink, .other: throw .badPath(path, .special)
      }
    }
    if let packed = candidates.lazy.compactMap(Self.otherForm).first { return packed }
    if let moved = movedFile(path) { return moved }
    if let error = accessError(candidates) { throw .unreadable(error) }
    throw .badPath(path, .missing)
  }

  /// The path of the compressed form of a plain file, or of the plain form of a compressed one; nil
  /// where no such file is there.
  private static func otherForm(of path: String) -> String? {
    let other: String
    if RolloutFile.isCompressed(path) {
      other = String(path.dropLast(".zst".count))
    } else if path.hasSuffix(".jsonl") {
      other = path + ".zst"
    } else {
      return nil
    }
    return (try? FileStatus(path: other))?.kind == .regular ? other : nil
  }

  private func movedFile(_ path: String) -> String? {
    let last = Path.lastComponent(of: path)
    guard Path.isAbsolute(path), let name = RolloutName(last) else { return nil }
    let named = (try? files())?.naming(name.firstID).filter { $0.name.isOfOneRollout(with: name) }
    return named?.min { $0.rank < $1.rank }?.path
  }

  /// Why a path could not even be looked at, if it is not that nothing is there.
  private func accessError(_ paths: [String]) -> SystemError? {
    for path in paths {
      do throws(SystemError) {
        _ = try FileStatus(path: path)
      } catch {
        if !error.isNotFound { return error }
      }
    }
    return nil
  }

  private func header(at path: String) throws(StoreError) -> HeaderIDs? {
    do throws(SystemError) { return try headers.read(path) } catch {
      throw .unreadable(error)
    }
  }

  private func hasRecord(_ path: String) throws(StoreError) -> Bool {
    do throws(SystemError) { return try HeadReader.hasRecord(RolloutFile.open(path)) } catch {
      throw .unreadable(error)
    }
  }
}

// By id.
extension RolloutStore {
  func claims(
    on id: UUID, among files: [RolloutFile]
  ) -> [(file: RolloutFile, claim: ThreadClaim)] {
    files.compactMap { file in
      let claim = ThreadClaim(file.name, headers.header(of: file.path))
      return claim.id == id || claim.alias == id ? (file, claim) : nil
    }
  }

  /// The file to read a thread from, if several say they are it: active before archived; the
  /// newest segment before all others; plain before compressed; a file's own name before that of a
  /// copy; and then what was written to last.
  package func best(of claims: [(file: RolloutFile, claim: ThreadClaim)]) -> Place? {
    let isOrderedByIDs = claims.allSatisfy { $0.claim.segment?.hasOrderedID ?? true }
    let precedences = claims.map { Precedence($0.file, $0.claim, isOrderedByIDs) }
    let best = precedences.max()
    let equals = zip(claims, precedences).filter { $0.1 == best }.map(\.0)
    let chosen =
      equals.count < 2 ? equals.first : equals.max { lastTime($0.file) < lastTime($1.file) }
    guard let chosen, let id = chosen.claim.id else { return nil }
    return Place(id: id, path: chosen.file.path, isArchived: chosen.file.isArchived)
  }

  /// When the last record of a file was written; copies of a file tell the same.
  private func lastTime(_ file: RolloutFile) -> Int64 {
    (try? RolloutFile.open(file.path)).flatMap { try? TailReader.lastTimestamp(of: $0) } ?? 0
  }
}

private struct Precedence: Comparable {
  private let isActive: Bool
  private let segment: ThreadClaim.Segment?
  /// Whether the ids of all segments tell which is newer; the times in names are of whole seconds
  /// and of the clocks on walls.
  private let isOrderedByIDs: Bool
  private let rank: Int

  init(_ file: RolloutFile, _ claim: ThreadClaim, _ isOrderedByIDs: Bool) {
    isActive = !file.isArchived
    segment = claim.segment
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

/// The headers of files that were looked at, as long as they do not change.
final class HeaderCache: Sendable {
  private struct Entry {
    let status: FileStatus
    let header: HeaderIDs?
  }

  private struct Key: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  private let entries = Mutex<[Key: Entry]>([:])

  /// Nil also where the file cannot be read.
  func header(of path: String) -> HeaderIDs? { (try? read(path)) ?? nil }

  /// Nil where the file has none.
  func read(_ path: String) throws(SystemError) -> HeaderIDs? {
    let status = try FileStatus(path: path)
    let key = Key(device: status.device, inode: status.inode)
    if let known = entries.withLock({ $0[key] }), known.status == status { return known.header }
    let header = try HeadReader.sessionMeta(at: path).map { HeaderIDs($0) }
    entries.withLock { $0[key] = Entry(status: status, header: header) }
    return header
  }
}
