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

/// Tells work beside the loop that nobody waits for it any more.
package final class Cancellation: Sendable {
  private let isSet = Atomic<Bool>(false)

  package init() {}

  package var isCancelled: Bool { isSet.load(ordering: .relaxed) }

  func cancel() { isSet.store(true, ordering: .relaxed) }
}
