import Synchronization

/// A value that another thread works out while the calling one does something else; whoever needs it
/// first works it out if no thread has begun.
package final class Prefetch<Value: Sendable>: Sendable {
  private let work: @Sendable () -> Value
  private let result = Mutex<Value?>(nil)

  package init(on pool: ThreadPool, _ work: @escaping @Sendable () -> Value) {
    self.work = work
    pool.run { [self] in _ = value }
  }

  /// Waits while another thread works it out.
  package var value: Value {
    result.withLock { result in
      let value = result ?? work()
      result = value
      return value
    }
  }
}
