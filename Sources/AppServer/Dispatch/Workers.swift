package import Platform
import Synchronization

/// The threads that do the work for requests, and how they wake the loop.
package struct Workers: Sendable {
  /// Runs the work of a request on a thread where it may wait for a disk. Returns at once.
  let run: @Sendable (@escaping ThreadPool.Work) -> Void
  /// Wakes the loop.
  let wake: @Sendable () -> Void
  /// The threads that help to read many files or large threads.
  let helpers: ThreadPool
  /// How long the loop waits for the answer to a request about a thread before it reads more lines,
  /// in milliseconds. Faster answers keep the order of their requests.
  let orderTimeout: Int

  /// Creates workers.
  ///
  /// - Parameters:
  ///   - run: Runs the work of a request on a thread where it may wait for a disk.
  ///   - wake: Wakes the loop.
  ///   - helpers: The threads that help to read many files or large threads.
  ///   - orderTimeout: How long the loop waits for an answer, in milliseconds.
  package init(
    run: @escaping @Sendable (@escaping ThreadPool.Work) -> Void,
    wake: @escaping @Sendable () -> Void, helpers: ThreadPool, orderTimeout: Int
  ) {
    self.run = run
    self.wake = wake
    self.helpers = helpers
    self.orderTimeout = orderTimeout
  }

  /// The greatest number of requests that run at a time.
  private static let requestLimit = 64

  /// Workers with threads of this process.
  package static func standard(wake: @escaping @Sendable () -> Void) -> Workers {
    let requests = ThreadPool(limit: requestLimit)
    return Workers(
      run: requests.run, wake: wake, helpers: ThreadPool(), orderTimeout: 10)
  }
}

/// Finished work of which the loop does not know yet.
final class FinishedWork: Sendable {
  private let progress = Mutex<[(number: Int, progress: RequestProgress)]>([])

  /// Adds the state of a request after a piece of work.
  func add(_ number: Int, _ new: RequestProgress) {
    progress.withLock { $0.append((number, new)) }
  }

  /// Removes and returns the finished work, in the order of its completion.
  func takeAll() -> [(number: Int, progress: RequestProgress)] {
    progress.withLock { progress in
      defer { progress = [] }
      return progress
    }
  }
}
