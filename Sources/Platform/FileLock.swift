import LibC

/// A file on which this process holds an exclusive advisory lock (`flock`). The lock is released
/// with the last reference to it, or when the process ends.
package final class FileLock: Sendable {
  /// The path of the file.
  package let path: String
  private let descriptor: Int32

  /// Opens the file, or creates it with mode 0600, and waits for the lock.
  package convenience init(waitingFor path: String) throws(SystemError) {
    try self.init(path, flags: LOCK_EX)
  }

  /// Opens the file, or creates it with mode 0600, and takes the lock without waiting. The lock is
  /// kept from one request to the next.
  ///
  /// - Throws: An error whose `isLocked` is true if another process holds the lock, `EMFILE` if too
  ///   few descriptors would be left (`OpenFileLimit`).
  package convenience init(tryingFor path: String) throws(SystemError) {
    try self.init(path, flags: LOCK_EX | LOCK_NB)
    guard OpenFileLimit.allowsKeeping(descriptor) else {
      throw SystemError(operation: "lock", path: path, code: EMFILE)
    }
  }

  private init(_ path: String, flags: Int32) throws(SystemError) {
    DiskAccess.begin(path)
    try checkName(path, "lock")
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError("lock", path) }
    guard retryingInterrupts({ flock(descriptor, flags) }) == 0 else {
      throw SystemError("lock", path)
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }
}

extension File {
  /// Removes a file that no process has locked. What cannot be removed is left in place, and so is
  /// what a symbolic link leads to.
  package static func removeUnlocked(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    if lock(descriptor, LOCK_EX), leads(path, to: descriptor) { unlink(path) }
  }

  /// Whether a path is that of an open file, and not of another one or none.
  static func leads(_ path: String, to descriptor: Int32) -> Bool {
    guard let named = try? FileStatus(path: path, followingLinks: false),
      let open = try? FileStatus(descriptor: descriptor, path: path)
    else { return false }
    return named.isSameFile(as: open)
  }
}

/// Locks a file without waiting.
///
/// - Parameter kind: `LOCK_SH` or `LOCK_EX`.
func lock(_ descriptor: Int32, _ kind: Int32) -> Bool {
  retryingInterrupts { flock(descriptor, kind | LOCK_NB) } == 0
}

extension SystemError {
  /// Whether the error means that another process holds the lock.
  package var isLocked: Bool { code == EWOULDBLOCK }
}

/// A process that holds a lock.
package struct FileLockHolder: Equatable, Sendable {
  /// The process id.
  package let pid: Int64
  /// The name of the program; nil if the system does not tell it.
  package let name: String?

  /// Finds the process that holds the `flock` of a file; nil if no process does, or if the system
  /// does not tell it.
  package init?(of path: String) {
    guard let inode = try? FileStatus(path: path).inode, let locks = Self.text("/proc/locks"),
      let pid = Self.pid(ofLockOn: inode, in: locks)
    else { return nil }
    self.pid = pid
    name = Self.text("/proc/\(pid)/comm").map { String($0.prefix { $0 != "\n" }) }
  }

  /// The id of the process that holds the `flock` of a file, according to the text of
  /// `/proc/locks`; nil if no process does. A line looks like `7: FLOCK  ADVISORY  WRITE 4711
  /// 08:01:131074 0 EOF`.
  static func pid(ofLockOn inode: UInt64, in locks: String) -> Int64? {
    for line in locks.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 5, words[1] == "FLOCK", let pid = Int64(words[4]), pid > 0 else {
        continue
      }
      if words[5].split(separator: ":").last.flatMap({ UInt64($0) }) == inode { return pid }
    }
    return nil
  }

  private static func text(_ path: String) -> String? {
    guard let file = try? File(path, for: .reading) else { return nil }
    return (try? file.readAll(limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
  }
}
