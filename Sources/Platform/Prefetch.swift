import Synchronization

/// A value that a thread of a pool computes while the calling thread does something else. If no
/// thread has begun when the value is needed, the calling thread computes it.
package final class Prefetch<Value: Sendable>: Sendable {
  private let work: @Sendable () -> Value
  private let result = Mutex<Value?>(nil)

  /// Hands the computation to a pool.
  package init(on pool: ThreadPool, _ work: @escaping @Sendable () -> Value) {
    self.work = work
    pool.run { [self] in _ = value }
  }

  /// The value. Waits while another thread computes it.
  package var value: Value {
    result.withLock { result in
      let value = result ?? work()
      result = value
      return value
    }
  }
}
