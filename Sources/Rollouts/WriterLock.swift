package import Platform
import Synchronization

/// The right to write the files of a thread, in the way of the original (ROLLOUTS.md 6.6). One
/// process, of either program, holds the lock until its last reference is released or the process
/// ends.
package final class WriterLock: Sendable {
  private let home: String
  private let file: FileLock

  /// Takes the lock without waiting for its holder.
  ///
  /// - Throws: `WriterLockError`, with the holder if there is one.
  package init(thread: UUID, home: String) throws(WriterLockError) {
    self.home = home
    let path = Path.join(Self.folder(ofHome: home), "\(thread).lock")
    let coordination: FileLock
    do throws(SystemError) { coordination = try Self.coordination(ofHome: home) } catch {
      throw .failed(error)
    }
    file = try withExtendedLifetime(coordination) { () throws(WriterLockError) in
      Self.tidy(home)
      return try Self.lock(path)
    }
  }

  /// Takes the lock of a file. No other process may take or release a lock at this time, so that
  /// the holder can be found.
  private static func lock(_ path: String) throws(WriterLockError) -> FileLock {
    var isLastTry = false
    while true {
      do throws(SystemError) {
        return try FileLock(tryingFor: path)
      } catch {
        guard error.isLocked else { throw .failed(error) }
        let holder = FileLockHolder(of: path)
        // A process that has just ended held the lock and is not found.
        if holder != nil || isLastTry { throw .held(holder) }
        isLastTry = true
      }
    }
  }

  /// The homes whose lock files were tidied by this process.
  private static let tidied = Mutex<Set<String>>([])

  /// Removes the lock files of processes that are dead, at the first call for a home. No other
  /// process may take or release a lock at this time.
  private static func tidy(_ home: String) {
    guard tidied.withLock({ $0.insert(home).inserted }) else { return }
    let folder = folder(ofHome: home)
    for entry in (try? Directory.entries(at: folder)) ?? [] where entry.kind == .regular {
      let name = entry.name
      guard name.hasSuffix(".lock"), (try? UUID(String(name.dropLast(5)))) != nil else { continue }
      File.removeUnlocked(Path.join(folder, name))
    }
  }

  /// Makes other processes wait that take or release a lock: a file may only be removed while no
  /// process is about to lock it.
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
  /// Another process holds the lock. Its holder is nil if the system does not tell it.
  case held(FileLockHolder?)
  /// The lock file could not be opened or locked.
  case failed(SystemError)
}
