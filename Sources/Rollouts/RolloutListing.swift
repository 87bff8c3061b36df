package import Platform
import Synchronization

/// Lists the rollout files of a home.
///
/// Folders are kept in memory and read again if they have changed. The first call compares the
/// status of each folder. From the second call on, the system reports changes where it can
/// (`FolderWatch`).
package final class RolloutListing: Sendable {
  private let state: Mutex<State>

  /// Creates a listing.
  ///
  /// - Parameter home: The path of the home.
  package init(home: String) { state = Mutex(State(home: RolloutHome(path: home))) }

  /// All files below `sessions` and `archived_sessions`, as they are now, and the folders that could
  /// not be read. The result is the same object as long as both are the same.
  ///
  /// - Throws: An error whose `isExhaustion` is true.
  package func all() throws(SystemError) -> RolloutFiles {
    try state.withLock { (state) throws(SystemError) in try state.all() }
  }

  /// The files that `all` would return, if that is known without waiting for a disk; nil if the
  /// system reports no changes of the home, if something has changed, or while another thread is
  /// listing files.
  package func known() -> RolloutFiles? {
    state.withLockIfAvailable { $0.unchanged() } ?? nil
  }

  /// The files of the newest days: about `count` files, or all. A first page of a large home needs
  /// no more.
  package func newest(_ count: Int) throws(SystemError) -> RolloutFiles {
    try state.withLock { (state) throws(SystemError) in try state.newest(count) }
  }
}

private struct State {
  private var sessions: FolderTree
  private var archive: FolderTree
  private var known: RolloutFiles?
  /// Whether all folders were read without an error.
  private var isCurrent = false
  private var newest: (count: Int, files: RolloutFiles)?
  private var watch: HomeWatch?
  /// The number of calls of `all`.
  private var looks = 0

  /// The number of calls before changes are watched: a client that lists threads twice will list
  /// them often.
  private static let looksWithoutWatch = 1

  init(home: RolloutHome) {
    sessions = FolderTree(.sessions(of: home))
    archive = FolderTree(.archive(of: home))
  }

  /// The known files; nil if the system does not report that nothing has changed.
  mutating func unchanged() -> RolloutFiles? {
    isCurrent = watch?.isQuiet() == true && isCurrent
    return isCurrent ? known : nil
  }

  mutating func all() throws(SystemError) -> RolloutFiles {
    if let known = unchanged() { return known }
    looks += 1
    if looks == 1 + Self.looksWithoutWatch { watchAll() }
    let before = known
    known = nil
    newest = nil
    let isChanged = try sessions.refresh(&watch)
    let isArchiveChanged = try archive.refresh(&watch)
    isCurrent = sessions.isRead && archive.isRead
    let isSame = !isChanged && !isArchiveChanged
    let files =
      (isSame ? before : nil)
      ?? RolloutFiles(
        sessions.allFiles() + archive.allFiles(),
        unread: sessions.unreadFolders() + archive.unreadFolders(), firstDay: nil)
    known = files
    return files
  }

  mutating func newest(_ count: Int) throws(SystemError) -> RolloutFiles {
    if known != nil { return try all() }
    let before = newest
    newest = nil
    var budget = count
    let isChanged = try sessions.refresh(&watch, &budget)
    guard budget < 0 else { return try all() }
    if let before, before.count == count, !isChanged {
      newest = before
      return before.files
    }
    budget = count
    var files: [RolloutFile] = []
    sessions.collect(&files, &budget)
    let firstDay = files.last { $0.folder.day != nil }?.day
    let newest = RolloutFiles(files, unread: sessions.unreadFolders(), firstDay: firstDay)
    self.newest = (count, newest)
    return newest
  }

  /// Watches all folders. Changes before that are found because every folder is checked afterwards.
  private mutating func watchAll() {
    guard var watch = HomeWatch([sessions.folder.path, archive.folder.path]) else { return }
    sessions.forEachFolder { watch.add($0) }
    archive.forEachFolder { watch.add($0) }
    self.watch = watch
  }
}
