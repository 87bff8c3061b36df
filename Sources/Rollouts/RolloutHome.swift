package import System

/// Where rollout files lie below a `CODEX_HOME`.
///
/// The home, `sessions` and `archived_sessions` may be symbolic links; links below them are not
/// followed. What is missing counts as empty.
package struct RolloutHome: Hashable, Sendable {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// Holds a folder per year, in that one per month, in that one per day.
  package var sessions: String { Path.join(path, "sessions") }
  /// Holds the files of archived threads, all in one folder.
  package var archivedSessions: String { Path.join(path, "archived_sessions") }
}

// Listing.
extension RolloutHome {
  /// The folder of archived threads, whether it is there or not.
  package var archive: RolloutFolder { RolloutFolder(path: archivedSessions, day: nil) }

  /// The folders of all days, newest first; one in a folder that cannot be read is left out.
  package func dayFolders() throws(SystemError) -> [RolloutFolder] { try calendar().days }

  /// The folders of all days, newest first, and those that hold them: a day can come or go only
  /// where one of these is touched.
  package func calendar() throws(SystemError) -> (days: [RolloutFolder], parents: [String]) {
    var days: [RolloutFolder] = []
    var parents = [sessions]
    for year in Self.numbered(try Self.entries(at: sessions), in: sessions) {
      parents.append(year.path)
      for month in Self.numbered(at: year.path) {
        parents.append(month.path)
        for day in Self.numbered(at: month.path) {
          let date = RolloutFolder.Day(year: year.number, month: month.number, day: day.number)
          days.append(RolloutFolder(path: day.path, day: date))
        }
      }
    }
    return (days, parents)
  }

  /// The rollout files in a folder, the newest first by their names, empty and doubled ones too.
  package func files(in folder: RolloutFolder) throws(SystemError) -> [RolloutFile] {
    var files: [RolloutFile] = []
    do throws(SystemError) {
      try Directory.forEachEntry(at: folder.path) { text, kind in
        guard kind == .regular, let name = RolloutName(text) else { return }
        let path = Path.join(folder.path, String(text))
        files.append(RolloutFile(path: path, name: name, isArchived: folder.isArchived))
      }
    } catch {
      guard error.isNotFound else { throw error }
    }
    return files.sorted {
      ($0.name.time, $0.name.lastID, $1.rank, $0.path)
        > ($1.name.time, $1.name.lastID, $0.rank, $1.path)
    }
  }

  private static func entries(at path: String) throws(SystemError) -> [DirectoryEntry] {
    do throws(SystemError) {
      return try Directory.entries(at: path)
    } catch {
      guard error.isNotFound else { throw error }
      return []
    }
  }

  private static func numbered(at path: String) -> [(number: Int, path: String)] {
    numbered((try? Directory.entries(at: path)) ?? [], in: path)
  }

  /// The folders that have a number for a name, the greatest first.
  private static func numbered(
    _ entries: [DirectoryEntry], in parent: String
  ) -> [(number: Int, path: String)] {
    let folders = entries.compactMap { entry -> (number: Int, path: String)? in
      guard entry.kind == .directory, let number = UInt16(entry.name) else { return nil }
      return (Int(number), Path.join(parent, entry.name))
    }
    return folders.sorted { ($0.number, $0.path) > ($1.number, $1.path) }
  }
}

// Searching.
extension RolloutHome {
  /// The files whose names hold `id`, as either of their UUIDs, by rank.
  package func files(of id: UUID) throws(SystemError) -> [RolloutFile] {
    try files { $0.contains(id) }.sorted { ($0.rank, $0.path) < ($1.rank, $1.path) }
  }

  /// The files with such names, anywhere below both folders, in no order; none is opened.
  ///
  /// A folder below them that cannot be read counts as empty.
  package func files(where matches: (RolloutName) -> Bool) throws(SystemError) -> [RolloutFile] {
    try Self.files(below: sessions, isArchived: false, where: matches)
      + Self.files(below: archivedSessions, isArchived: true, where: matches)
  }

  private static func files(
    below root: String, isArchived: Bool, where matches: (RolloutName) -> Bool
  ) throws(SystemError) -> [RolloutFile] {
    var found: [RolloutFile] = []
    var folders = [root]
    while let folder = folders.popLast() {
      do throws(SystemError) {
        try Directory.forEachEntry(at: folder) { text, kind in
          if kind == .directory {
            folders.append(Path.join(folder, String(text)))
          } else if kind == .regular, let name = RolloutName(text), matches(name) {
            let path = Path.join(folder, String(text))
            found.append(RolloutFile(path: path, name: name, isArchived: isArchived))
          }
        }
      } catch {
        guard folder != root || error.isNotFound else { throw error }
      }
    }
    return found
  }
}
