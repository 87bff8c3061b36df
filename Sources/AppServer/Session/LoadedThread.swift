import Changes
import Platform
import Settings
import Synchronization

/// A thread that this connection has opened, until it is archived, deleted or left.
final class LoadedThread: Sendable {
  /// The settings of the answer that loaded the thread.
  let settings: EffectiveSettings
  let handle: ThreadHandle
  private let wantsEvents = Atomic<Bool>(true)

  var id: UUID { handle.id }

  init(_ handle: ThreadHandle, settings: EffectiveSettings) {
    self.handle = handle
    self.settings = settings
  }

  /// Whether the client wants to hear of the thread's turns and items.
  var isSubscribed: Bool { wantsEvents.load(ordering: .relaxed) }

  func subscribe() { wantsEvents.store(true, ordering: .relaxed) }

  /// Whether the client was subscribed until now.
  func unsubscribe() -> Bool { wantsEvents.exchange(false, ordering: .relaxed) }
}

/// The threads that this connection has opened.
final class LoadedThreads: Sendable {
  private let threads = Mutex<[UUID: LoadedThread]>([:])

  /// The thread of an id; nil where it is not loaded.
  subscript(id: UUID) -> LoadedThread? { threads.withLock { $0[id] } }

  /// The ids of all, ascending.
  var ids: [UUID] { threads.withLock { $0.keys.sorted() } }

  func add(_ thread: LoadedThread) { threads.withLock { $0[thread.id] = thread } }

  func removeAll() { threads.withLock { $0 = [:] } }

  /// Forgets a thread; whether it was loaded.
  func remove(_ id: UUID) -> Bool { threads.withLock { $0.removeValue(forKey: id) != nil } }
}
