import LibC

/// What kind of thing a name stands for.
package enum FileKind: Sendable {
  case regular, directory, symlink
  /// A pipe, a socket or a device.
  case other
}

/// What the system knows about a file without opening it.
package struct FileStatus: Equatable, Sendable {
  package let kind: FileKind
  package let device: UInt64
  package let inode: UInt64
  /// In bytes.
  package let size: Int
  /// When the content last changed, in nanoseconds since 1970.
  package let modifiedNanoseconds: Int64
  /// When anything about it last changed, likewise; nobody can set it back.
  package let changedNanoseconds: Int64
  /// The permission bits, such as `0o644`.
  package let permissions: UInt16

  /// The status of what `path` names; a symbolic link is followed unless told otherwise.
  package init(path: String, followingLinks: Bool = true) throws(SystemError) {
    try checkName(path, "stat")
    var raw = stat()
    let result = followingLinks ? stat(path, &raw) : lstat(path, &raw)
    guard result == 0 else { throw SystemError("stat", path) }
    self.init(raw)
  }

  init(descriptor: Int32, path: String) throws(SystemError) {
    var raw = stat()
    guard fstat(descriptor, &raw) == 0 else { throw SystemError("stat", path) }
    self.init(raw)
  }

  init(_ raw: stat) {
    kind =
      switch Int32(raw.st_mode) & Int32(S_IFMT) {
      case Int32(S_IFREG): .regular
      case Int32(S_IFDIR): .directory
      case Int32(S_IFLNK): .symlink
      default: .other
      }
    device = UInt64(truncatingIfNeeded: raw.st_dev)
    inode = UInt64(raw.st_ino)
    size = Int(raw.st_size)
    modifiedNanoseconds = LibC.modifiedNanoseconds(raw)
    changedNanoseconds = LibC.changedNanoseconds(raw)
    permissions = UInt16(raw.st_mode & 0o7777)
  }

  /// Whether both are the same file on disk, whatever its content was at the two moments.
  package func isSameFile(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }
}
