import Synchronization

extension ThreadPool {
  /// Calls `body` with each number below `count`, on threads of the pool and on the calling thread.
  /// Returns when all calls have returned.
  ///
  /// The threads of the pool regularly let other work go first.
  package func forEach(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let loop = SharedLoop(count: count, body)
    for helper in loop.helpers.indices { help(loop, helper) }
    loop.run()
    loop.waitForHelpers()
  }

  private func help(_ loop: SharedLoop, _ helper: Int) {
    run { [self] in
      if loop.run(helper: helper) { help(loop, helper) }
    }
  }
}

/// The iterations of a loop that several threads share.
private final class SharedLoop: Sendable {
  /// Locked by a thread while it runs iterations, so that the calling thread can wait for it.
  final class Helper: Sendable { let isBusy = Mutex(()) }

  /// The helpers, one for each processor. A helper that starts late finds no iteration left.
  let helpers = (0..<SystemInfo.processorCount).map { _ in Helper() }
  private let count: Int
  private let body: @Sendable (Int) -> Void
  private let next = Atomic<Int>(0)

  /// The number of iterations after which a thread of the pool lets other work go first.
  private static let batchSize = 64

  init(count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  /// Runs iterations until all have begun.
  func run() {
    while runNext() {}
  }

  /// Runs some iterations on a thread of the pool.
  ///
  /// - Returns: Whether there may be more iterations.
  func run(helper: Int) -> Bool {
    helpers[helper].isBusy.withLock { _ in
      (0..<Self.batchSize).allSatisfy { _ in runNext() }
    }
  }

  /// Waits until no helper runs an iteration. A helper that has not begun finds none left.
  func waitForHelpers() {
    for helper in helpers { helper.isBusy.withLock { _ in } }
  }

  private func runNext() -> Bool {
    let index = next.add(1, ordering: .relaxed).oldValue
    guard index < count else { return false }
    body(index)
    return true
  }
}
