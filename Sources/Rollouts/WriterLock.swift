package import System

/// The right to write a thread's files, in the way in which the original takes it (ROLLOUTS.md
/// 6.6): held by one process at a time, of either kind, until the last reference goes, or
/// that process ends.
package final class WriterLock: Sendable {
  private let home: String
  private let file: FileLock

  /// Takes the lock without waiting for who has it.
  package init(thread: UUID, home: String) throws(WriterLockError) {
    self.home = home
    let path = Path.join(Self.folder(ofHome: home), "\(thread).lock")
    let coordination: FileLock
    do throws(SystemError) { coordination = try Self.coordination(ofHome: home) } catch {
      throw .failed(error)
    }
    file = try withExtendedLifetime(coordination) { () throws(WriterLockError) in
      try Self.lock(path)
    }
  }

  /// While nobody else takes or gives back a lock, so that the holder can be told.
  private static func lock(_ path: String) throws(WriterLockError) -> FileLock {
    var isLastTry = false
    while true {
      do throws(SystemError) {
        return try FileLock(tryingFor: path)
      } catch {
        guard error.isLocked else { throw .failed(error) }
        let holder = FileLockHolder(of: path)
        // A process that ended just now held the lock and is not found.
        if holder != nil || isLastTry { throw .held(holder) }
        isLastTry = true
      }
    }
  }

  /// Makes everybody else wait who takes or gives back a lock: a file may only be removed while
  /// nobody is about to lock it.
  static func coordination(ofHome home: String) throws(SystemError) -> FileLock {
    let folder = folder(ofHome: home)
    try Directory.create(folder)
    return try FileLock(waitingFor: Path.join(folder, ".coordination.lock"))
  }

  private static func folder(ofHome home: String) -> String {
    Path.join(home, "thread-writer-locks")
  }

  deinit {
    let coordination = try? Self.coordination(ofHome: home)
    if coordination != nil { try? File.remove(file.path) }
    withExtendedLifetime(coordination) {}
  }
}

/// Why a lock was not taken.
package enum WriterLockError: Error, Equatable {
  /// Another process has it; nil where the system does not tell which.
  case held(FileLockHolder?)
  case failed(SystemError)
}
