import LibC

/// An entry of a folder.
package struct DirectoryEntry: Equatable, Sendable {
  /// The name of the entry, without the path of the folder.
  package let name: String
  /// The kind of the entry itself: a symbolic link is not followed.
  package let kind: FileKind
}

/// Operations on folders.
package enum Directory {
  /// All entries except `.` and `..`, in no particular order.
  package static func entries(at path: String) throws(SystemError) -> [DirectoryEntry] {
    var entries: [DirectoryEntry] = []
    try forEachEntry(at: path) { name, kind in
      entries.append(DirectoryEntry(name: String(name), kind: kind))
    }
    return entries
  }

  /// Calls `body` with the name in UTF-8 and the kind of each entry, in no particular order.
  ///
  /// Nothing is allocated per entry, so that folders of thousands of files are read quickly.
  package static func forEachEntry(
    at path: String, _ body: (_ name: Span<UInt8>, FileKind) -> Void
  ) throws(SystemError) {
    DiskAccess.begin(path)
    guard let stream = retryingInterruptedPointer(at: path, { opendir(path) }) else {
      throw SystemError("open", path)
    }
    defer { closedir(stream) }
    while true {
      guard let entry = try nextEntry(of: path, { readdir(stream) }) else { return }
      let name = nameBytes(of: entry)
      if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { continue }
      if let kind = try kind(of: entry, in: path) { body(name.span, kind) }
    }
  }

  /// The next entry of an open folder, which `read` reads; nil at its end.
  private static func nextEntry(
    of path: String, _ read: () -> UnsafeMutablePointer<dirent>?
  ) throws(SystemError) -> UnsafeMutablePointer<dirent>? {
    let entry = retryingInterruptedPointer(at: path) {
      errno = 0  // The end and an error both return nil.
      return read()
    }
    if entry == nil, errno != 0 { throw SystemError("read", path) }
    return entry
  }

  /// Creates the folder and the missing folders above it with mode 0700, and waits until the disk
  /// has them. An existing folder is left as it is.
  package static func create(_ path: String) throws(SystemError) {
    DiskAccess.begin(path)
    if mkdir(path, 0o700) == 0 { return try sync(Path.directory(of: path)) }
    if errno == ENOENT, Path.directory(of: path) != path {
      try create(Path.directory(of: path))
      if mkdir(path, 0o700) == 0 { return try sync(Path.directory(of: path)) }
    }
    let error = SystemError("create", path)
    guard error.isExisting, try FileStatus(path: path).kind == .directory else { throw error }
  }

  /// Removes a folder with its content; does nothing if there is none.
  ///
  /// Symbolic links in it are removed, not followed.
  package static func remove(_ path: String) throws(SystemError) {
    do throws(SystemError) {
      for entry in try entries(at: path) {
        let inner = Path.join(path, entry.name)
        if entry.kind == .directory { try remove(inner) } else { try File.remove(inner) }
      }
    } catch {
      guard error.isNotFound else { throw error }
    }
    guard rmdir(path) == 0 || errno == ENOENT else { throw SystemError("remove", path) }
  }

  /// Waits until the disk has the present entries of the folder.
  package static func sync(_ path: String) throws(SystemError) {
    DiskAccess.begin(path)
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }
    // EINVAL: some network file systems cannot do this, and do not need it.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw SystemError("sync", path) }
  }

  /// Waits until the disk has the present entries of the folder, which hold a change that is made
  /// already. An error is only logged, because the change is there in spite of it: a client that is
  /// answered with an error would make the change a second time.
  package static func sync(_ path: String, _ log: Log) {
    do throws(SystemError) { try sync(path) } catch {
      log.warn("a change is made, but the disk may not have it yet: \(error)")
    }
  }

  /// The name of an entry. It is in the memory of the entry, which the next `readdir` may
  /// overwrite.
  private static func nameBytes(
    of entry: UnsafeMutablePointer<dirent>
  ) -> UnsafeBufferPointer<UInt8> {
    let start = UnsafeRawPointer(entry) + nameOffset
    let length = strlen(start.assumingMemoryBound(to: CChar.self))
    return UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: length)
  }

  /// The offset of the name in an entry. An entry may be shorter than the imported structure, which
  /// has space for the longest name.
  private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name)!

  /// The kind of an entry; nil if the entry was removed while the folder was read.
  private static func kind(
    of entry: UnsafeMutablePointer<dirent>, in path: String
  ) throws(SystemError) -> FileKind? {
    switch Int(entry.pointee.d_type) {
    case Int(DT_REG): return .regular
    case Int(DT_DIR): return .directory
    case Int(DT_LNK): return .symlink
    case Int(DT_UNKNOWN):  // Some file systems do not tell.
      let name = String(decoding: nameBytes(of: entry), as: UTF8.self)
      return try FileStatus(ifAt: Path.join(path, name), followingLinks: false)?.kind
    default: return .other
    }
  }
}
