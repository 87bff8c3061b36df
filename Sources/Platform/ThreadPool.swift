import LibC
import Synchronization

/// Threads for work that may wait for a disk or a client.
///
/// They are not those of Swift's cooperative pool: that has one thread for each processor and expects
/// that none of them ever waits. Here a processor has one thread, too, as long as work does not wait:
/// more would only get in each other's way. Work that finds all of them busy for some time gets a
/// thread of its own.
package final class ThreadPool: Sendable {
  package typealias Work = @Sendable () -> Void

  private struct State {
    var queue = WorkQueue()
    var threadCount = 0
    var idleCount = 0
    /// Whether a thread waits for work to become old.
    var hasWatcher = false
  }

  /// What a thread that was not idle does next.
  private enum Step {
    case serve
    case sleep(nanoseconds: Int64)
    case end
  }

  private let usualCount: @Sendable () -> Int
  private let limit: Int
  private let state = Mutex(State())
  private let hasWork = Semaphore()

  /// How long work waits for one of the usual threads, in ns.
  private static let queueTimeout: Int64 = 2_000_000

  /// A pool with as many threads as there are processors, and more for work that they keep waiting.
  ///
  /// - Parameter limit: How many threads there are at most; work beyond that waits its turn.
  package init(limit: Int) {
    self.limit = limit
    usualCount = { min(limit, SystemInfo.processorCount) }
  }

  /// A pool with one thread for each processor, for work that only helps another thread with its own.
  package init() {
    limit = 0
    usualCount = { SystemInfo.processorCount }
  }

  /// Runs a piece of work on a thread of the pool. Work begins in the order of the calls.
  package func run(_ work: @escaping Work) {
    let (needsThread, needsWatcher) = state.withLock { state in
      state.queue.append(work)
      guard state.queue.count > state.idleCount else { return (false, false) }
      if state.threadCount < usualCount() {
        state.threadCount += 1
        return (true, false)
      }
      let needsWatcher = !state.hasWatcher && state.threadCount < limit
      if needsWatcher { state.hasWatcher = true }
      return (false, needsWatcher)
    }
    hasWork.signal()
    if needsThread { start({ [self] in serve() }, orElse: { $0.threadCount -= 1 }) }
    if needsWatcher { start({ [self] in watch() }, orElse: { $0.hasWatcher = false }) }
  }

  /// - Parameter change: What is no longer so if the system has no thread to give.
  private func start(_ body: @escaping Work, orElse change: (inout State) -> Void) {
    if startThread(body) { return }
    let hasThreads = state.withLock { state in
      change(&state)
      return state.threadCount > 0
    }
    // Where there is no thread at all, only the calling one is left.
    if !hasThreads { runNext() }
  }

  /// What one of the usual threads does as long as the process lives.
  private func serve() {
    while true {
      state.withLock { $0.idleCount += 1 }
      runNext { $0.idleCount -= 1 }
    }
  }

  /// Waits until work is old, and then serves until no work is left.
  private func watch() {
    while true {
      switch nextStepOfWatcher() {
      case .sleep(let nanoseconds): usleep(UInt32(nanoseconds / 1000) + 1)
      case .end: return
      case .serve:
        repeat { runNext() } while !endIfUnneeded()
        return
      }
    }
  }

  private func nextStepOfWatcher() -> Step {
    state.withLock { state in
      guard let age = state.queue.oldestAge else {
        state.hasWatcher = false
        return .end
      }
      if age < Self.queueTimeout { return .sleep(nanoseconds: Self.queueTimeout - age) }
      state.hasWatcher = false
      state.threadCount += 1
      return .serve
    }
  }

  private func endIfUnneeded() -> Bool {
    state.withLock { state in
      guard state.queue.count == 0 else { return false }
      state.threadCount -= 1
      return true
    }
  }

  private func runNext(_ change: (inout State) -> Void = { _ in }) {
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
  private var items: [(work: ThreadPool.Work, time: Int64)?] = []
  /// Where the first item is; what is before it was taken.
  private var start = 0

  var count: Int { items.count - start }

  /// How long the first piece has waited, in ns; nil where there is none.
  var oldestAge: Int64? {
    start < items.count ? items[start].map { monotonicNanoseconds() - $0.time } : nil
  }

  mutating func append(_ work: @escaping ThreadPool.Work) {
    items.append((work, monotonicNanoseconds()))
  }

  mutating func removeFirst() -> ThreadPool.Work? {
    guard start < items.count else { return nil }
    let first = items[start]
    items[start] = nil
    start += 1
    if start == items.count {
      items.removeAll(keepingCapacity: true)
      start = 0
    }
    return first?.work
  }
}
