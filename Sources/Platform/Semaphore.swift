import LibC

/// A counting semaphore: threads wait until others have signalled as often as they have waited.
package final class Semaphore: Sendable {
  private struct Storage {
    var mutex = pthread_mutex_t()
    var condition = pthread_cond_t()
    var count = 0
  }

  /// The address of the storage, as a number because threads share no pointers. The system's locks
  /// must not be moved, so they have memory of their own.
  private let address: UInt

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

  /// Lets one waiting thread go on, now or as soon as one waits.
  package func signal() {
    pthread_mutex_lock(&storage.pointee.mutex)
    storage.pointee.count += 1
    pthread_cond_signal(&storage.pointee.condition)
    pthread_mutex_unlock(&storage.pointee.mutex)
  }

  /// Waits for a signal, and uses it up.
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
