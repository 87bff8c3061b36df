import JSONRPC
import Platform
import Rollouts

/// What a request reads and what it changes.
///
/// The order of requests follows from this and from nothing else (PROTOCOL.md 1): a request waits for
/// each earlier one that changes what it reads, or that reads what it changes.
struct Touches: Sendable {
  /// What is done with a thread; each includes those before it.
  enum Access: Comparable {
    /// The thread is shown.
    case read
    /// What this connection knows of the thread is changed, such as whether it is loaded, and no file.
    case open
    /// What is stored of the thread is changed.
    case write
  }

  private var threads: [(id: UUID, access: Access)] = []
  private var readsHome = false
  private var storesNewThread = false
  /// Whether threads are touched that have to be found first.
  private var hasUnknownThreads = false
  /// Whether the answer needs nothing but what is in memory.
  private(set) var isInMemory = false

  /// Nothing that is stored, and nothing about a thread.
  static let nothing = Touches(isInMemory: true)

  /// Files, but none that other requests touch.
  static let ownFiles = Touches()

  /// All stored threads are read.
  static let wholeHome = Touches(readsHome: true)

  /// Which threads are loaded: those that earlier requests archive or delete are not any more.
  static let loadedThreads = Touches(readsHome: true, isInMemory: true)

  /// A thread is stored whose id nobody knows yet.
  static let newThread = Touches(storesNewThread: true)

  /// A thread by its id.
  ///
  /// - Parameter id: As a request has it. A text that is no id touches nothing: the request is refused.
  static func thread(_ id: String, _ access: Access) -> Touches {
    (try? UUID(id)).map { threads([$0], access) } ?? .nothing
  }

  static func threads(_ ids: [UUID], _ access: Access) -> Touches {
    Touches(threads: ids.map { ($0, access) })
  }

  /// What the connection knows of a thread, and no file.
  static func loadedThread(_ id: String, _ access: Access) -> Touches {
    thread(id, access).inMemory
  }

  /// A thread by the path of a file: the threads that the file's name tells. If it tells none, the
  /// thread has to be found first.
  static func path(_ path: String, _ access: Access) -> Touches {
    guard let name = RolloutName(Path.lastComponent(of: path)) else {
      return Touches(readsHome: true, hasUnknownThreads: true)
    }
    return threads([name.firstID] + (name.secondID.map { [$0] } ?? []), access)
  }

  /// A thread by a path or, without one, by its id.
  static func thread(path: String?, id: String, _ access: Access) -> Touches {
    if let path, !path.isEmpty { return .path(path, access) }
    return .thread(id, access)
  }

  /// A thread is going to be changed, and others with it that have to be found first. Until they are,
  /// nothing is changed, and no later request about any thread goes ahead.
  static func threadAndOthers(_ id: String) -> Touches {
    var touches = thread(id, .open)
    touches.isInMemory = false
    touches.hasUnknownThreads = true
    return touches
  }

  /// What is touched by a request that needs no file for its answer.
  var inMemory: Touches {
    var touches = self
    touches.isInMemory = true
    return touches
  }

  /// All that both touch.
  func and(_ other: Touches) -> Touches {
    Touches(
      threads: threads + other.threads, readsHome: readsHome || other.readsHome,
      storesNewThread: storesNewThread || other.storesNewThread,
      hasUnknownThreads: hasUnknownThreads || other.hasUnknownThreads,
      isInMemory: isInMemory && other.isInMemory)
  }

  /// Whether something that is stored is changed.
  private var writes: Bool { storesNewThread || threads.contains { $0.access == .write } }

  /// Whether no more is touched than single threads.
  var isAboutThreads: Bool { !readsHome }

  /// The only thread that is touched, if it is only shown; nil for anything else.
  var onlyReadThread: UUID? {
    guard threads.count == 1, threads[0].access == .read, !readsHome, !storesNewThread,
      !hasUnknownThreads
    else { return nil }
    return threads[0].id
  }

  /// Whether a thread is among those that are touched in this way.
  func includes(_ id: UUID, _ access: Access) -> Bool {
    threads.contains { $0.id == id && $0.access >= access }
  }

  /// Whether a request that touches this has to wait for an earlier one.
  func waits(for earlier: Touches) -> Bool {
    if earlier.hasUnknownThreads, readsHome || !threads.isEmpty { return true }
    if readsHome && earlier.writes || writes && earlier.readsHome { return true }
    return threads.contains { thread in
      earlier.threads.contains { $0.id == thread.id && max($0.access, thread.access) > .read }
    }
  }
}
