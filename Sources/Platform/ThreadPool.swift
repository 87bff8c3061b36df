import LibC
import Synchronization

/// Threads for work that may wait for a disk or a client.
///
/// The threads of Swift's cooperative pool cannot be used, because they must never wait. This pool
/// has one thread per processor as long as work does not wait, because more threads would only
/// compete for the processors. It adds a thread when work has waited for a free one for some time.
package final class ThreadPool: Sendable {
  /// A function that a thread of the pool calls once.
  package typealias Work = @Sendable () -> Void

  private struct State {
    var queue = WorkQueue()
    var threadCount = 0
    var idleCount = 0
    /// Whether a thread is watching for work that has waited too long.
    var hasWatcher = false
  }

  /// The next step of a watching thread.
  private enum Step {
    case serve(needsWatcher: Bool)
    case sleep(nanoseconds: Int64)
    case end
  }

  private let usualCount: @Sendable () -> Int
  private let limit: Int
  private let state = Mutex(State())
  private let hasWork = Semaphore()

  /// How long work waits for a free thread before another one is added, in nanoseconds.
  private static let queueTimeout: Int64 = 2_000_000

  /// Creates a pool with one thread per processor, which adds threads for work that has waited too
  /// long.
  ///
  /// - Parameter limit: The greatest number of threads. Further work waits for a free one.
  package init(limit: Int) {
    self.limit = limit
    usualCount = { min(limit, SystemInfo.processorCount) }
  }

  /// Creates a pool with one thread per processor and no others, for work that only speeds up the
  /// work of another thread.
  package init() {
    limit = 0
    usualCount = { SystemInfo.processorCount }
  }

  /// Runs work on a thread of the pool. Work begins in the order of the calls.
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

  /// Starts a thread.
  ///
  /// - Parameter change: Undoes a change of the state if the system cannot start a thread.
  private func start(_ body: @escaping Work, orElse change: (inout State) -> Void) {
    if startThread(body) { return }
    let hasThreads = state.withLock { state in
      change(&state)
      return state.threadCount > 0
    }
    // If the pool has no thread at all, the calling thread runs the work.
    if !hasThreads { runNext() }
  }

  /// Runs work as long as the process lives.
  private func serve() {
    while true {
      state.withLock { $0.idleCount += 1 }
      runNext { $0.idleCount -= 1 }
    }
  }

  /// Waits until work has waited too long, and then runs work until none is left.
  private func watch() {
    while true {
      switch nextStepOfWatcher() {
      case .sleep(let nanoseconds): usleep(UInt32(nanoseconds / 1000) + 1)
      case .end: return
      case .serve(let needsWatcher):
        // More work may be old already, while this thread is busy.
        if needsWatcher { start({ [self] in watch() }, orElse: { $0.hasWatcher = false }) }
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
      state.threadCount += 1
      state.hasWatcher = state.queue.count > 1 && state.threadCount < limit
      return .serve(needsWatcher: state.hasWatcher)
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

/// The work that no thread has begun, in the order of the calls.
private struct WorkQueue {
  private var items: [(work: ThreadPool.Work, time: Int64)?] = []
  /// The index of the first waiting item.
  private var start = 0

  var count: Int { items.count - start }

  /// How long the first item has waited, in nanoseconds; nil if there is none.
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
