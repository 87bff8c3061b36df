import Platform
package import Rollouts

// What changes of stored threads need to know of files.
extension RolloutStore {
  /// All files of a thread, active and archived, segments and compressed ones.
  package func files(of location: ThreadLocation) throws(LibraryError) -> [RolloutFile] {
    let all = try files()
    var files = owners(of: location.id, among: all.naming(location.id))
    if !files.contains(where: { $0.file.path == location.path }) {
      // The thread's files are known by their headers alone.
      files += owners(of: location.id, among: all.others(than: location.id))
    }
    return files.filter { $0.owner.id == location.id }.map(\.file)
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
