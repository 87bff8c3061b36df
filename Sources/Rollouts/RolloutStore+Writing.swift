import Synchronization
package import System

// What methods have to know that change files.
extension RolloutStore {
  /// All files of a thread, active and archived, segments and compressed ones.
  package func files(of place: Place) throws(StoreError) -> [RolloutFile] {
    let all = try files()
    var files = claims(on: place.id, among: all.naming(place.id))
    if !files.contains(where: { $0.file.path == place.path }) {
      // Its files are known by their headers alone.
      files += claims(on: place.id, among: all.others(than: place.id))
    }
    return files.filter { $0.claim.id == place.id }.map(\.file)
  }

  /// The threads whose history stands on one of these files of a thread. Every file may have to be
  /// looked into.
  ///
  /// - Parameter concurrently: Calls its second argument for each number below the first.
  package func threads(
    standingOn files: [RolloutFile], of thread: UUID,
    _ concurrently: (Int, @escaping @Sendable (Int) -> Void) -> Void
  ) throws(StoreError) -> [UUID] {
    let bases = Set(files.map(\.name.lastID))
    let all = try self.files().all
    let found = Mutex<Set<UUID>>([])
    concurrently(all.count) { [headers] index in
      guard let header = headers.header(of: all[index].path), let base = header.base,
        bases.contains(base), let id = ThreadClaim(all[index].name, header).id, id != thread
      else { return }
      found.withLock { _ = $0.insert(id) }
    }
    return found.withLock { $0.sorted() }
  }

  /// Whether a file may be written: only what lies in this home, wherever its two folders lead.
  package func contains(_ path: String) -> Bool {
    guard let file = try? Path.real(path) else { return false }
    return [folders.sessions, folders.archivedSessions].contains { folder in
      (try? Path.real(folder)).map { file.hasPrefix($0 + "/") } ?? false
    }
  }

  package var sessions: String { folders.sessions }
  package var archivedSessions: String { folders.archivedSessions }

  /// Where the file of a new thread belongs, or of a new segment of a thread.
  package func path(for name: RolloutName, isArchived: Bool = false) -> String {
    Path.join(
      isArchived ? folders.archivedSessions : Path.join(folders.sessions, name.dayFolder),
      name.description)
  }
}
