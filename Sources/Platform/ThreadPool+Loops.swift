import Synchronization

extension ThreadPool {
  /// Calls `body` with each number below `count`, on threads of the pool and on the calling one;
  /// returns when all calls have returned.
  ///
  /// The threads of the pool give way to other work now and then.
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

/// Many small pieces of work that several threads do together.
private final class SharedLoop: Sendable {
  /// Locked by a thread while it helps, so that its end can be waited for.
  final class Helper: Sendable { let isBusy = Mutex(()) }

  /// More helpers than processors do no harm: they find nothing left to do.
  let helpers = (0..<3).map { _ in Helper() }
  private let count: Int
  private let body: @Sendable (Int) -> Void
  private let next = Atomic<Int>(0)

  /// How many pieces a thread of the pool does before it lets other work go first.
  private static let batchSize = 64

  init(count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  /// Does pieces until none is left that no thread has begun.
  func run() {
    while runNext() {}
  }

  /// Does some pieces; whether there may be more.
  func run(helper: Int) -> Bool {
    helpers[helper].isBusy.withLock { _ in
      (0..<Self.batchSize).allSatisfy { _ in runNext() }
    }
  }

  /// Returns when no helper works any more; one that has not begun finds nothing left.
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
