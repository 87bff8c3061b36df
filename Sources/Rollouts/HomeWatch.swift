import Platform

/// Tells whether entries of some folders were added, removed or renamed since the last call.
struct HomeWatch {
  private let watch: FolderWatch
  private let roots: [String]
  /// The status of the root folders at the last call. They may be symbolic links or missing, and
  /// changes of that kind are not reported.
  private var places: [FileStatus?]
  /// Whether all folders could be watched.
  private var isComplete = true

  /// The names of file systems that only this machine changes, so that the system reports all
  /// changes.
  private static let local: Set<String> = [
    "bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "overlay", "tmpfs", "xfs", "zfs",
  ]

  /// Creates a watch without folders below the roots; nil if the system cannot report all changes.
  init?(_ roots: [String]) {
    guard roots.allSatisfy(Self.isLocal), let watch = FolderWatch() else { return nil }
    self.watch = watch
    self.roots = roots
    places = roots.map(Self.place(of:))
  }

  private static func isLocal(_ root: String) -> Bool {
    guard let path = try? Path.real(root) else { return true }
    return MountTable.fileSystem(at: path).map(local.contains) ?? false
  }

  private static func place(of root: String) -> FileStatus? { try? FileStatus(path: root) }

  /// Watches one more folder.
  mutating func add(_ path: String) {
    isComplete = watch.add(path) && isComplete
  }

  /// Whether no entry was added, removed or renamed since the last call.
  mutating func isQuiet() -> Bool {
    let before = places
    places = roots.map(Self.place(of:))
    let isSame = zip(places, before).allSatisfy { now, before in
      guard let now, let before else { return now == nil && before == nil }
      return now.isSameFile(as: before)
    }
    return watch.isQuiet() && isSame && isComplete
  }
}
