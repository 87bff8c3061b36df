import Synchronization
package import System

/// The rollout files that the folders of a home list: those of all days, and the archive.
///
/// Folders are remembered and read again only when they were touched, so that the next answer knows
/// what came and went, at the price of a `stat` for each (ROLLOUTS.md 7).
package final class RolloutListing: Sendable {
  private let home: RolloutHome
  private let state = Mutex(State())

  package init(home: String) { self.home = RolloutHome(path: home) }

  /// What a folder holds.
  package struct Folder: Sendable {
    package let folder: RolloutFolder
    package let files: [RolloutFile]
  }

  /// Looks for what changed.
  ///
  /// - Returns: A number that is another one whenever the files are.
  package func refresh() throws(SystemError) -> Int {
    let home = home
    return try state.withLock { (state) throws(SystemError) in
      try state.refresh(home)
      return state.edition
    }
  }

  /// What the last look found, in no order.
  package var folders: [Folder] {
    state.withLock { $0.folders.map { Folder(folder: $0.key, files: $0.value.files) } }
  }
}

private struct State {
  private(set) var edition = 0
  private(set) var folders: [RolloutFolder: (visit: Visit, files: [RolloutFile])] = [:]
  private var days: [RolloutFolder] = []
  /// The folders that hold those of the days.
  private var parents: [(path: String, visit: Visit)] = []

  mutating func refresh(_ home: RolloutHome) throws(SystemError) {
    var isChanged = edition == 0
    if !parents.allSatisfy({ $0.visit.isStill($0.path) }) || parents.isEmpty {
      isChanged = try readCalendar(home) || isChanged
    }
    for folder in days + [home.archive] {
      isChanged = try read(folder, home) || isChanged
    }
    guard isChanged else { return }
    let current = Set(days + [home.archive])
    folders = folders.filter { current.contains($0.key) }
    edition += 1
  }

  /// Reads which days there are; true if others than before.
  private mutating func readCalendar(_ home: RolloutHome) throws(SystemError) -> Bool {
    let start = WallClock.now()
    let calendar = try home.calendar()
    parents = calendar.parents.map { ($0, Visit(of: $0, since: start)) }
    defer { days = calendar.days }
    return days != calendar.days
  }

  /// Reads a folder if it was touched; true if it holds other files than before.
  private mutating func read(
    _ folder: RolloutFolder, _ home: RolloutHome
  ) throws(SystemError) -> Bool {
    if let known = folders[folder], known.visit.isStill(folder.path) { return false }
    let start = WallClock.now()
    let files: [RolloutFile]
    do throws(SystemError) {
      files = try home.files(in: folder)
    } catch {
      // A day that cannot be read holds up no other one.
      guard folder.isArchived else { return folders.removeValue(forKey: folder) != nil }
      throw error
    }
    let isChanged = folders[folder]?.files != files
    folders[folder] = (Visit(of: folder.path, since: start), files)
    return isChanged
  }
}

/// When a folder was read, to tell whether it was touched since.
private struct Visit {
  private let status: FileStatus?
  /// When the reading began, in ms since 1970.
  private let start: Int64

  /// What is changed within this time, in ms, may bear the same time: file systems have coarse
  /// clocks.
  private static let tick: Int64 = 50

  init(of path: String, since start: Int64) {
    status = try? FileStatus(path: path)
    self.start = start
  }

  /// Whether the folder cannot have been touched since.
  func isStill(_ path: String) -> Bool {
    let now = try? FileStatus(path: path)
    guard let now, let status else { return now == nil && status == nil }
    return now.isSameFile(as: status)
      && now.modifiedNanoseconds == status.modifiedNanoseconds
      && now.modifiedNanoseconds / 1_000_000 < start - Self.tick
  }
}
