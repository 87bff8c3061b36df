import Platform
import Rollouts
import Synchronization

/// A rollout and the thread that it belongs to.
struct OwnedRollout: Sendable {
  let file: RolloutFile
  let thread: UUID
  /// Nil where the file has no header yet, or none that can be read.
  let header: HeaderIDs?
}

/// Which threads the files of a home belonged to a moment ago.
final class OwnerCache: Sendable {
  private let known = Mutex<(home: RolloutFiles, time: Int64, rollouts: [OwnedRollout])?>(nil)

  /// How long a list may rely on that, in ms (ROLLOUTS.md 7).
  private static let trust: Int64 = 1000

  /// The files with their threads; nil where they were not looked at lately, or where files have come
  /// or gone since.
  func rollouts(of home: RolloutFiles) -> [OwnedRollout]? {
    known.withLock { known in
      guard let known, known.home === home, abs(WallClock.now() - known.time) < Self.trust else {
        return nil
      }
      return known.rollouts
    }
  }

  func keep(_ rollouts: [OwnedRollout], of home: RolloutFiles) {
    known.withLock { $0 = (home, WallClock.now(), rollouts) }
  }
}
