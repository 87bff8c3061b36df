import Platform

/// A folder with its files and subfolders, as they were when the folder was last read.
struct FolderTree {
  let folder: RolloutFolder
  private var status: FolderStatus?
  private var files: [RolloutFile] = []
  /// The subfolders: first those of dates, the newest first, and then all others.
  private var subfolders: [FolderTree] = []

  init(_ folder: RolloutFolder) { self.folder = folder }

  /// Reads all folders that have changed.
  ///
  /// - Returns: Whether a file or folder was added or removed.
  mutating func refresh(_ watch: inout HomeWatch?) throws(SystemError) -> Bool {
    var budget = Int.max
    return try refresh(&watch, &budget)
  }

  /// Reads the newest folders that have changed, until enough files are found.
  ///
  /// - Parameter budget: The number of files that are wanted. It is reduced by the files that were
  ///   found, and negative if there are more files than wanted.
  /// - Returns: Whether a file or folder was added or removed.
  mutating func refresh(
    _ watch: inout HomeWatch?, _ budget: inout Int
  ) throws(SystemError) -> Bool {
    var isChanged = try refreshSelf(&watch)
    if folder.day != nil { budget -= files.count }
    for index in subfolders.indices where budget >= 0 {
      do throws(SystemError) {
        isChanged = try subfolders[index].refresh(&watch, &budget) || isChanged
      } catch {
        // A folder that cannot be read counts as empty, so that the others can be listed.
        isChanged = subfolders[index].forget() || isChanged
      }
    }
    return isChanged
  }

  private mutating func refreshSelf(_ watch: inout HomeWatch?) throws(SystemError) -> Bool {
    if let status, status.isUnchanged(folder.path) { return false }
    watch?.add(folder.path)
    let status = FolderStatus(folder.path)
    let before = self
    do throws(SystemError) {
      try read()
    } catch {
      guard error.isNotFound else { throw error }
      _ = forget()
    }
    self.status = status
    return !files.elementsEqual(before.files) { $0.isSame(as: $1) }
      || !subfolders.elementsEqual(before.subfolders) { $0.folder === $1.folder }
  }

  /// Forgets the files and subfolders.
  ///
  /// - Returns: Whether there were any.
  private mutating func forget() -> Bool {
    defer { self = FolderTree(folder) }
    return !files.isEmpty || !subfolders.isEmpty
  }

  private mutating func read() throws(SystemError) {
    let folder = folder
    var found: (files: [RolloutFile], names: [String]) = ([], [])
    try Directory.forEachEntry(at: folder.path) { name, kind in
      if kind == .directory {
        found.names.append(String(name))
      } else if kind == .regular, let file = RolloutFile(name, in: folder) {
        found.files.append(file)
      }
    }
    let known = subfolders
    files = found.files
    subfolders = found.names.map { name in
      let new = folder.subfolder(name)
      return known.first { $0.folder.path == new.path } ?? FolderTree(new)
    }
    subfolders.sort { $0.folder.precedes($1.folder) }
  }
}

extension FolderTree {
  /// All files, those of the newest folders first.
  func allFiles() -> [RolloutFile] {
    var all: [RolloutFile] = []
    var budget = Int.max
    collect(&all, &budget)
    return all
  }

  /// Appends the files of the folders that `refresh` reads with the same budget.
  func collect(_ all: inout [RolloutFile], _ budget: inout Int) {
    all += files
    if folder.day != nil { budget -= files.count }
    for subfolder in subfolders where budget >= 0 { subfolder.collect(&all, &budget) }
  }

  /// Whether the last `refresh` could read all folders.
  var isRead: Bool { status != nil && subfolders.allSatisfy(\.isRead) }

  /// Calls `body` with the path of each folder that was read.
  func forEachFolder(_ body: (String) -> Void) {
    if status != nil { body(folder.path) }
    for subfolder in subfolders { subfolder.forEachFolder(body) }
  }
}

/// The status of a folder when it was read, for telling whether the folder has changed since.
private struct FolderStatus {
  private let status: FileStatus?
  /// When the reading began, in milliseconds since 1970.
  private let start = WallClock.now()

  init(_ path: String) { status = try? FileStatus(path: path) }

  /// Whether the folder cannot have changed since it was read.
  func isUnchanged(_ path: String) -> Bool {
    let now = try? FileStatus(path: path)
    guard let now, let status else { return now == nil && status == nil }
    return now == status && now.isSettled(by: start)
  }
}
