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

  /// Opens the file, or creates it with mode 0600, and takes the lock without waiting.
  ///
  /// - Throws: An error whose `isLocked` is true if another process holds the lock.
  package convenience init(tryingFor path: String) throws(SystemError) {
    try self.init(path, flags: LOCK_EX | LOCK_NB)
  }

  private init(_ path: String, flags: Int32) throws(SystemError) {
    try DiskAccess.begin("lock", path)
    try checkName(path, "lock")
    self.path = path
    descriptor = retryingInterrupts { open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
    guard descriptor >= 0 else { throw SystemError("lock", path) }
    guard retryingInterrupts({ flock(descriptor, flags) }) == 0 else {
      throw SystemError("lock", path)
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }
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
