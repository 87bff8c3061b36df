package import Platform
import Synchronization

/// Knows which rollout files a home has, at any moment.
///
/// Folders are remembered and read again where they were touched. At first each is asked when that
/// was; who asks again has the system tell of changes, where it can (`FolderWatch`).
package final class RolloutListing: Sendable {
  private let state: Mutex<State>

  package init(home: String) { state = Mutex(State(home: RolloutHome(path: home))) }

  /// All files, anywhere below `sessions` and `archived_sessions`, as of now: the same object for as
  /// long as they are the same.
  ///
  /// - Throws: When one of the two folders cannot be read; one below them counts as empty then.
  package func all() throws(SystemError) -> RolloutFiles {
    try state.withLock { (state) throws(SystemError) in try state.all() }
  }

  /// Whether the system tells of changes, which it does of its own file systems only, so that a look
  /// waits for no disk. False also while another thread looks.
  package var isWatched: Bool { state.withLockIfAvailable { $0.isWatched } ?? false }

  /// The files of the newest days, about `count` or all: of a large home a page needs no more.
  package func newest(_ count: Int) throws(SystemError) -> RolloutFiles {
    try state.withLock { (state) throws(SystemError) in try state.newest(count) }
  }
}

private struct State {
  private var sessions: FolderTree
  private var archive: FolderTree
  private var known: RolloutFiles?
  /// Whether the last look went well, in all folders.
  private var isCurrent = false
  private var newest: (count: Int, files: RolloutFiles)?
  private var watch: HomeWatch?
  /// How often all files were asked for.
  private var looks = 0

  /// Who looks once more will look often.
  private static let looksWithoutWatch = 1

  init(home: RolloutHome) {
    sessions = FolderTree(.sessions(of: home))
    archive = FolderTree(.archive(of: home))
  }

  mutating func all() throws(SystemError) -> RolloutFiles {
    if watch?.isQuiet() == true, isCurrent, let known { return known }
    isCurrent = false
    looks += 1
    if looks == 1 + Self.looksWithoutWatch { watchAll() }
    if try sessions.refresh(&watch) { known = nil }
    if try archive.refresh(&watch) { known = nil }
    isCurrent = sessions.isRead && archive.isRead
    if let known { return known }
    let files = RolloutFiles(sessions.allFiles() + archive.allFiles(), firstDay: nil)
    known = files
    newest = nil
    return files
  }

  /// Whether all folders are known and watched.
  var isWatched: Bool { watch != nil && known != nil }

  mutating func newest(_ count: Int) throws(SystemError) -> RolloutFiles {
    if known != nil { return try all() }
    var budget = count
    let isChanged = try sessions.refresh(&watch, &budget)
    guard budget < 0 else { return try all() }
    if let newest, newest.count == count, !isChanged { return newest.files }
    budget = count
    var files: [RolloutFile] = []
    sessions.collect(&files, &budget)
    let firstDay = files.last { $0.folder.day != nil }?.day
    let newest = RolloutFiles(files, firstDay: firstDay)
    self.newest = (count, newest)
    return newest
  }

  /// What changes before a folder is watched is seen by the look that follows.
  private mutating func watchAll() {
    guard var watch = HomeWatch([sessions.folder.path, archive.folder.path]) else { return }
    sessions.forEachFolder { watch.add($0) }
    archive.forEachFolder { watch.add($0) }
    self.watch = watch
  }
}
