import Changes
import Platform
import Settings
import Synchronization

/// A thread that this connection has loaded, until it is archived or deleted, or the connection
/// ends.
final class LoadedThread: Sendable {
  /// The settings with which the thread was loaded.
  let settings: EffectiveSettings
  /// The state of the thread's files.
  let handle: ThreadHandle
  private let wantsEvents = Atomic<Bool>(true)

  var id: UUID { handle.id }

  init(_ handle: ThreadHandle, settings: EffectiveSettings) {
    self.handle = handle
    self.settings = settings
  }

  /// Whether the client wants notifications about the thread's turns and items.
  var isSubscribed: Bool { wantsEvents.load(ordering: .relaxed) }

  /// Sends notifications about the thread's turns and items from now on.
  func subscribe() { wantsEvents.store(true, ordering: .relaxed) }

  /// Ends the notifications about the thread's turns and items.
  ///
  /// - Returns: Whether the client was subscribed.
  func unsubscribe() -> Bool { wantsEvents.exchange(false, ordering: .relaxed) }
}

/// The threads that this connection has loaded.
final class LoadedThreads: Sendable {
  private let threads = Mutex<[UUID: LoadedThread]>([:])

  /// The loaded thread with an id; nil if the thread is not loaded.
  subscript(id: UUID) -> LoadedThread? { threads.withLock { $0[id] } }

  /// The ids of the loaded threads, ascending.
  var ids: [UUID] { threads.withLock { $0.keys.sorted() } }

  func add(_ thread: LoadedThread) { threads.withLock { $0[thread.id] = thread } }

  /// Removes all threads, which releases their writer locks.
  func removeAll() {
    // The locks are released behind `withLock`, because that changes files.
    _ = threads.withLock { threads in
      defer { threads = [:] }
      return threads
    }
  }

  /// Removes a thread, which releases its writer lock.
  ///
  /// - Returns: Whether the thread was loaded.
  func remove(_ id: UUID) -> Bool {
    let removed = threads.withLock { $0.removeValue(forKey: id) }
    return removed != nil
  }
}
