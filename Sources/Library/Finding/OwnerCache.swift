import Platform
import Rollouts
import Synchronization

/// A rollout file and the thread that it belongs to.
struct OwnedRollout: Sendable {
  let file: RolloutFile
  let thread: UUID
  /// The header of the file; nil if the file has none or cannot be read.
  let header: HeaderIDs?
  /// Why the header could not be read; nil if it was read. The thread is then told by the name.
  let failure: SystemError?
}

/// The owners of all rollout files of a home, remembered for one second.
final class OwnerCache: Sendable {
  private let known = Mutex<(home: RolloutFiles, time: Int64, rollouts: [OwnedRollout])?>(nil)

  /// How long the remembered owners may be used for a list, in milliseconds (ROLLOUTS.md 7).
  private static let maximumAge: Int64 = 1000

  /// The files with their threads; nil if they were not read within the last second, or if a file
  /// was added or removed since.
  func rollouts(of home: RolloutFiles) -> [OwnedRollout]? {
    known.withLock { known in
      guard let known, known.home === home, abs(WallClock.now() - known.time) < Self.maximumAge
      else {
        return nil
      }
      return known.rollouts
    }
  }

  /// Remembers the files of a home with their threads, as they are now.
  func keep(_ rollouts: [OwnedRollout], of home: RolloutFiles) {
    known.withLock { $0 = (home, WallClock.now(), rollouts) }
  }
}
