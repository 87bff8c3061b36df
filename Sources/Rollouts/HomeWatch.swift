import Platform

/// Tells whether anything came or went below some folders since it was last asked.
struct HomeWatch {
  private let watch: FolderWatch
  private let roots: [String]
  /// Where the roots led: they may be links, or not be there, which only a look at them tells.
  private var places: [FileStatus?]
  /// False once a folder could not be watched.
  private var isComplete = true

  /// File systems that nobody changes but this system, which tells of it.
  private static let local: Set<String> = [
    "bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "overlay", "tmpfs", "xfs", "zfs",
  ]

  /// Nil where the system cannot tell of all changes.
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

  /// Whether nothing came or went since the last call.
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
