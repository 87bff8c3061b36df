import LibC
import Synchronization

/// Threads for work that may wait for a disk or a client.
///
/// They are not those of Swift's cooperative pool: that has one thread for each processor and expects
/// that none of them ever waits. A thread is made when there is work and no thread is idle, and stays
/// as long as the process.
package final class ThreadPool: Sendable {
  package typealias Work = @Sendable () -> Void

  private struct State {
    var queue = WorkQueue()
    var threadCount = 0
    var idleCount = 0
  }

  private let limit: Int
  private let state = Mutex(State())
  private let hasWork = Semaphore()

  /// - Parameter limit: How many threads there are at most; more work than that waits its turn.
  package init(limit: Int) { self.limit = limit }

  /// Runs a piece of work on a thread of the pool. Work begins in the order of the calls.
  package func run(_ work: @escaping Work) {
    let needsThread = state.withLock { state in
      state.queue.append(work)
      guard state.queue.count > state.idleCount, state.threadCount < limit else { return false }
      state.threadCount += 1
      return true
    }
    hasWork.signal()
    guard needsThread, !startThread({ [self] in serve() }) else { return }
    let hasThreads = state.withLock { state in
      state.threadCount -= 1
      return state.threadCount > 0
    }
    // A system that gives no thread at all leaves only the calling one.
    if !hasThreads { runNext() }
  }

  /// What one thread does as long as the process lives.
  private func serve() {
    while true {
      state.withLock { $0.idleCount += 1 }
      runNext(noting: { $0.idleCount -= 1 })
    }
  }

  private func runNext(noting change: (inout State) -> Void = { _ in }) {
    hasWork.wait()
    let work = state.withLock { state in
      change(&state)
      return state.queue.removeFirst()
    }
    work?()
  }
}

/// Pieces of work in the order in which they came.
private struct WorkQueue {
  private var work: [ThreadPool.Work?] = []
  /// Where the first piece is; what is before it was taken.
  private var start = 0

  var count: Int { work.count - start }

  mutating func append(_ new: @escaping ThreadPool.Work) { work.append(new) }

  mutating func removeFirst() -> ThreadPool.Work? {
    guard start < work.count else { return nil }
    let first = work[start]
    work[start] = nil
    start += 1
    if start == work.count {
      work.removeAll(keepingCapacity: true)
      start = 0
    }
    return first
  }
}
