import Synchronization

/// Runs work beside the loop, on as many threads as there are processors.
///
/// The loop learns through `wake` that something is done and fetches with `takeFinished` what it is.
/// The one place of the server where anything is concurrent.
package final class Worker: Sendable {
  package typealias Work = @Sendable () -> Void

  private let wake: Work
  private let run: @Sendable (@escaping Work) -> Void
  private let finished = Mutex<[Int]>([])

  /// - Parameters:
  ///   - wake: Called on any thread after each piece of work.
  ///   - run: Runs a piece of work, some time.
  package init(
    wake: @escaping Work,
    run: @escaping @Sendable (@escaping Work) -> Void = { work in Task.detached { work() } }
  ) {
    self.wake = wake
    self.run = run
  }

  /// Starts a piece of work, or queues it where every processor has one.
  func start(_ ticket: Int, _ work: @escaping Work) {
    run { [self] in
      work()
      finished.withLock { $0.append(ticket) }
      wake()
    }
  }

  /// The tickets of all work that was finished since the last call, in the order it was.
  func takeFinished() -> [Int] {
    finished.withLock { tickets in
      defer { tickets = [] }
      return tickets
    }
  }
}

extension Worker {
  /// Does something that nobody is told of and that somebody else does if it comes too late.
  func help(_ work: @escaping Work) { run(work) }

  /// Does something for each number below `count`; the calling thread works too. Returns when all is
  /// done.
  ///
  /// Long jobs of others come in between: what helps here gives its thread back now and then.
  func concurrently(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let job = SharedJob(count: count, body)
    for helper in job.helpers.indices { help(job, helper) }
    job.work()
    job.waitForHelpers()
  }

  private func help(_ job: SharedJob, _ helper: Int) {
    run { [self] in
      if job.work(helper: helper) { help(job, helper) }
    }
  }
}

/// Something that is worked out on another thread, or else on the one that asks for it.
final class Ahead<Value: Sendable>: Sendable {
  private let work: @Sendable () -> Value
  private let result = Mutex<Value?>(nil)

  init(on worker: Worker, _ work: @escaping @Sendable () -> Value) {
    self.work = work
    worker.help { [self] in _ = value }
  }

  /// Waits where another thread is at it.
  var value: Value {
    result.withLock { result in
      let value = result ?? work()
      result = value
      return value
    }
  }
}

/// Many small pieces of work that several threads do together.
private final class SharedJob: Sendable {
  /// Held by a thread while it helps, so that it can be waited for.
  final class Helper: Sendable { let isBusy = Mutex(()) }

  /// More than there are processors do no harm: they find nothing left to do.
  let helpers = (0..<3).map { _ in Helper() }
  private let count: Int
  private let body: @Sendable (Int) -> Void
  private let next = Atomic<Int>(0)

  /// How many pieces a thread does before it lets others work.
  private static let stint = 64

  init(count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  /// Does what nobody else has begun.
  func work() {
    while doNext() {}
  }

  /// Does some of it; whether there may be more.
  func work(helper: Int) -> Bool {
    helpers[helper].isBusy.withLock { _ in
      (0..<Self.stint).allSatisfy { _ in doNext() }
    }
  }

  /// A helper that did not begin by now finds nothing left.
  func waitForHelpers() {
    for helper in helpers { helper.isBusy.withLock { _ in } }
  }

  private func doNext() -> Bool {
    let index = next.add(1, ordering: .relaxed).oldValue
    guard index < count else { return false }
    body(index)
    return true
  }
}
