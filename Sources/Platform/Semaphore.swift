import LibC

/// A counting semaphore: each call of `wait` returns after a call of `signal`.
package final class Semaphore: Sendable {
  private struct Storage {
    var mutex = pthread_mutex_t()
    var condition = pthread_cond_t()
    var count = 0
  }

  /// The address of the storage, as a number because pointers cannot be shared by threads. The
  /// system's locks must not be moved, so they have memory of their own.
  private let address: UInt

  /// Creates a semaphore whose count is 0.
  package init() {
    let storage = UnsafeMutablePointer<Storage>.allocate(capacity: 1)
    storage.initialize(to: Storage())
    pthread_mutex_init(&storage.pointee.mutex, nil)
    pthread_cond_init(&storage.pointee.condition, nil)
    address = UInt(bitPattern: storage)
  }

  private var storage: UnsafeMutablePointer<Storage> {
    guard let storage = UnsafeMutablePointer<Storage>(bitPattern: address) else {
      preconditionFailure("allocated memory has an address")
    }
    return storage
  }

  /// Increases the count, and wakes a waiting thread.
  package func signal() {
    pthread_mutex_lock(&storage.pointee.mutex)
    storage.pointee.count += 1
    pthread_cond_signal(&storage.pointee.condition)
    pthread_mutex_unlock(&storage.pointee.mutex)
  }

  /// Waits until the count is greater than 0, and decreases it.
  package func wait() {
    pthread_mutex_lock(&storage.pointee.mutex)
    while storage.pointee.count == 0 {
      pthread_cond_wait(&storage.pointee.condition, &storage.pointee.mutex)
    }
    storage.pointee.count -= 1
    pthread_mutex_unlock(&storage.pointee.mutex)
  }

  deinit {
    pthread_cond_destroy(&storage.pointee.condition)
    pthread_mutex_destroy(&storage.pointee.mutex)
    storage.deallocate()
  }
}
