package import Platform
package import Rollouts

// What the module Changes needs to know about files.
extension RolloutStore {
  /// All files of a thread: active and archived files, segments and compressed files.
  package func files(of location: ThreadLocation) throws(LibraryError) -> [RolloutFile] {
    let all = try files()
    var files = owners(of: location.id, among: all.naming(location.id))
    if !files.contains(where: { $0.file.path == location.path }) {
      // No name contains the thread's id, so the headers of the other files are read.
      files += owners(of: location.id, among: all.others(than: location.id))
    }
    return files.filter { $0.owner.id == location.id }.map(\.file)
  }

  /// The archived files of a thread that unarchiving it moves; empty if there are none. Of an active
  /// thread these are the files that an interrupted move has left in the archive, but not a file in
  /// whose place another one is active.
  package func filesToUnarchive(of location: ThreadLocation) throws(LibraryError) -> [RolloutFile] {
    let all = try files(of: location)
    let archived = all.filter(\.isArchived)
    if location.isArchived { return archived }
    let active = Dictionary(grouping: all.filter { !$0.isArchived }, by: \.name)
    return archived.filter { file in
      active[file.name]?.allSatisfy { areSameFile($0.path, file.path) } ?? true
    }
  }

  /// Whether a file is below `sessions` or `archived_sessions` of this home, with symbolic links
  /// resolved. Only such files may be written.
  ///
  /// - Throws: An error if the path leads to no file, or cannot be resolved.
  package func contains(_ path: String) throws(SystemError) -> Bool {
    let file = try Path.real(path)
    for folder in [folders.sessions, folders.archivedSessions] {
      do throws(SystemError) {
        if file.hasPrefix(try Path.real(folder) + "/") { return true }
      } catch {
        guard error.isNotFound else { throw error }
      }
    }
    return false
  }

  /// The path of the folder with the active threads.
  package var sessions: String { folders.sessions }
  /// The path of the folder with the archived threads.
  package var archivedSessions: String { folders.archivedSessions }

  /// The path for the file of a new thread or of a new segment.
  package func path(for name: RolloutName, isArchived: Bool = false) -> String {
    Path.join(
      isArchived ? folders.archivedSessions : Path.join(folders.sessions, name.dayFolder),
      name.description)
  }
}
