import LibC

/// The kind of a directory entry.
package enum FileKind: Sendable {
  case regular, directory, symlink
  /// A pipe, a socket or a device.
  case other
}

/// The status of a file, as `stat` gives it.
package struct FileStatus: Equatable, Sendable {
  /// The kind of the file.
  package let kind: FileKind
  /// The number of the device that contains the file.
  package let device: UInt64
  /// The number of the file on its device.
  package let inode: UInt64
  /// The size in bytes.
  package private(set) var size: Int
  /// When the content was changed last, in nanoseconds since 1970. Programs can set this time.
  package let modifiedNanoseconds: Int64
  /// When the content or the status was changed last, in nanoseconds since 1970. Programs cannot
  /// set this time.
  package let changedNanoseconds: Int64
  /// The permission bits, such as `0o644`.
  package let permissions: UInt16

  /// Reads the status of a path. A symbolic link is followed unless `followingLinks` is false.
  package init(path: String, followingLinks: Bool = true) throws(SystemError) {
    try checkName(path, "stat")
    var raw = stat()
    let result = retryingInterrupts(at: path, for: .status) {
      followingLinks ? stat(path, &raw) : lstat(path, &raw)
    }
    guard result == 0 else { throw SystemError("stat", path) }
    self.init(raw)
  }

  /// Reads the status of a path; nil if the path leads to nothing.
  package init?(ifAt path: String, followingLinks: Bool = true) throws(SystemError) {
    do throws(SystemError) { try self.init(path: path, followingLinks: followingLinks) } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  init(descriptor: Int32, path: String) throws(SystemError) {
    var raw = stat()
    guard fstat(descriptor, &raw) == 0 else { throw SystemError("stat", path) }
    self.init(raw)
  }

  /// The status with another size, in bytes.
  func resized(to size: Int) -> FileStatus {
    var status = self
    status.size = size
    return status
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

  /// Whether both belong to one file, even if its content has changed in between.
  package func isSameFile(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }
}

/// What tells a file from all other files, whatever its names and its content are.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64

  /// The identity of the file with a status.
  package init(_ status: FileStatus) {
    device = status.device
    inode = status.inode
  }
}
