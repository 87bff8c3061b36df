import Platform

/// A folder with its files and subfolders, as they were when the folder was last read.
struct FolderTree {
  let folder: RolloutFolder
  private var status: FolderStatus?
  /// Why the folder could not be read; nil if it was read, or not looked at.
  private var error: SystemError?
  private var files: [RolloutFile] = []
  /// The subfolders: first those of dates, the newest first, and then all others.
  private var subfolders: [FolderTree] = []

  init(_ folder: RolloutFolder) { self.folder = folder }

  /// Reads all folders that have changed.
  ///
  /// - Returns: Whether a file or folder was added or removed, or whether other folders than before
  ///   cannot be read.
  /// - Throws: An error whose `isExhaustion` is true. Some changes are then known and not returned.
  mutating func refresh(_ watch: inout HomeWatch?) throws(SystemError) -> Bool {
    var budget = Int.max
    return try refresh(&watch, &budget)
  }

  /// Reads the newest folders that have changed, until enough files are found.
  ///
  /// - Parameter budget: The number of files that are wanted. It is reduced by the files that were
  ///   found, and negative if there are more files than wanted.
  /// - Returns: Whether a file or folder was added or removed, or whether other folders than before
  ///   cannot be read.
  /// - Throws: An error whose `isExhaustion` is true. Some changes are then known and not returned.
  mutating func refresh(
    _ watch: inout HomeWatch?, _ budget: inout Int
  ) throws(SystemError) -> Bool {
    var isChanged = try refreshSelf(&watch)
    if folder.day != nil { budget -= files.count }
    for index in subfolders.indices where budget >= 0 {
      isChanged = try subfolders[index].refresh(&watch, &budget) || isChanged
    }
    return isChanged
  }

  private mutating func refreshSelf(_ watch: inout HomeWatch?) throws(SystemError) -> Bool {
    if let status, status.isUnchanged(folder.path) { return false }
    watch?.add(folder.path)
    let before = self
    do throws(SystemError) {
      let status = try FolderStatus(folder.path)
      do throws(SystemError) { try read() } catch {
        guard error.isNotFound else { throw error }
        self = FolderTree(folder)
      }
      self.status = status
      error = nil
    } catch {
      if error.isExhaustion { throw error }
      // Nothing is known of the folder, so that it is read again by the next refresh.
      self = FolderTree(folder)
      self.error = error
    }
    return error != before.error
      || !files.elementsEqual(before.files) { $0.isSame(as: $1) }
      || !subfolders.elementsEqual(before.subfolders) { $0.folder === $1.folder }
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

  /// The folders that could not be read when they were looked at last.
  func unreadFolders() -> [UnreadFolder] {
    var unread = error.map { [UnreadFolder(folder: folder, error: $0)] } ?? []
    for subfolder in subfolders { unread += subfolder.unreadFolders() }
    return unread
  }

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

  /// Reads the status of a folder. A missing folder has one too.
  ///
  /// - Throws: `ENOENT` for a symbolic link that leads to nothing: the folder is missing only for as
  ///   long as a disk is.
  init(_ path: String) throws(SystemError) {
    status = try FileStatus(ifAt: path)
    if status == nil, let link = try FileStatus(ifAt: path, followingLinks: false),
      link.kind == .symlink
    {
      _ = try FileStatus(path: path)
    }
  }

  /// Whether the folder cannot have changed since it was read.
  func isUnchanged(_ path: String) -> Bool {
    guard let now = try? FolderStatus(path) else { return false }
    guard let old = status, let new = now.status else {
      return status == nil && now.status == nil
    }
    return new == old && new.isSettled(by: start)
  }
}
