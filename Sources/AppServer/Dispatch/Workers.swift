package import Platform
import Synchronization

/// The threads beside the loop, and how the loop hears of them.
package struct Workers: Sendable {
  /// Runs the work of a request, some time, on a thread where it may wait for a disk.
  let run: @Sendable (@escaping ThreadPool.Work) -> Void
  /// Makes the loop come back from its waiting.
  let wake: @Sendable () -> Void
  /// Threads that help with large pieces of work.
  let helpers: ThreadPool
  /// How long a request may take while later ones wait, in ms: so long, answers keep their order.
  let orderTimeout: Int

  package init(
    run: @escaping @Sendable (@escaping ThreadPool.Work) -> Void,
    wake: @escaping @Sendable () -> Void, helpers: ThreadPool, orderTimeout: Int
  ) {
    self.run = run
    self.wake = wake
    self.helpers = helpers
    self.orderTimeout = orderTimeout
  }

  /// How many requests may wait for a disk at a time before others wait for them.
  private static let requestLimit = 64
  /// Threads of the process's own.
  package static func standard(wake: @escaping @Sendable () -> Void) -> Workers {
    let requests = ThreadPool(limit: requestLimit)
    return Workers(
      run: requests.run, wake: wake, helpers: ThreadPool(), orderTimeout: 1)
  }
}

/// What was done beside the loop and the loop has not seen yet.
final class FinishedWork: Sendable {
  private let progress = Mutex<[(number: Int, progress: RequestProgress)]>([])

  func add(_ number: Int, _ new: RequestProgress) {
    progress.withLock { $0.append((number, new)) }
  }

  /// Removes and returns all, in the order in which it was done.
  func takeAll() -> [(number: Int, progress: RequestProgress)] {
    progress.withLock { progress in
      defer { progress = [] }
      return progress
    }
  }
}
