import JSONRPC
import Platform
import Rollouts

/// What a request reads and what it changes.
///
/// Only this decides about the order of requests (PROTOCOL.md 1): a request waits for each earlier
/// one that changes what it reads, or reads what it changes.
struct Touches: Sendable {
  /// The kind of access to a thread. Each kind includes those before it.
  enum Access: Comparable {
    /// The thread is read.
    case read
    /// The connection's state of the thread is changed, for example whether it is loaded. No file
    /// is changed.
    case open
    /// The stored thread is changed.
    case write
  }

  private var threads: [(id: UUID, access: Access)] = []
  private var readsHome = false
  private var storesNewThread = false
  /// Whether the request also accesses threads that have to be found first.
  private var hasUnknownThreads = false
  /// Whether the answer needs no file.
  private(set) var isInMemory = false
  /// The thread that the answer shows and that is all the answer needs, besides its name; nil for
  /// other requests.
  private(set) var shownThread: (id: UUID, needsName: Bool)?

  /// No thread and no file.
  static let nothing = Touches(isInMemory: true)

  /// Files that no other request accesses.
  static let ownFiles = Touches()

  /// All stored threads, which are read.
  static let wholeHome = Touches(readsHome: true)

  /// The list of loaded threads. It depends on earlier requests that archive or delete threads.
  static let loadedThreads = Touches(readsHome: true, isInMemory: true)

  /// A new thread, whose id is not known yet.
  static let newThread = Touches(storesNewThread: true)

  /// A thread by its id.
  ///
  /// - Parameter id: The id as the request contains it. A text that is not an id touches nothing,
  ///   because the request is refused.
  static func thread(_ id: String, _ access: Access) -> Touches {
    (try? UUID(id)).map { threads([$0], access) } ?? .nothing
  }

  /// A thread by its id, which is read and of which the answer shows what its snapshot contains.
  ///
  /// - Parameter needsName: Whether the answer also shows the thread's name.
  static func shownThread(_ id: String, needsName: Bool = false) -> Touches {
    var touches = thread(id, .read)
    touches.shownThread = touches.threads.first.map { ($0.id, needsName) }
    return touches
  }

  /// Some threads by their ids.
  static func threads(_ ids: [UUID], _ access: Access) -> Touches {
    Touches(threads: ids.map { ($0, access) })
  }

  /// The connection's state of a thread, and no file.
  static func loadedThread(_ id: String, _ access: Access) -> Touches {
    thread(id, access).inMemory
  }

  /// A thread by the path of a file: the threads whose ids are in the file's name. If the name
  /// contains none, the thread has to be found first.
  static func path(_ path: String, _ access: Access) -> Touches {
    guard let name = RolloutName(RecordedPath(path).lastComponent) else {
      return Touches(readsHome: true, hasUnknownThreads: true)
    }
    return threads([name.firstID] + (name.secondID.map { [$0] } ?? []), access)
  }

  /// A thread by a path or, if that is nil or empty, by its id.
  static func thread(path: String?, id: String, _ access: Access) -> Touches {
    if let path, !path.isEmpty { return .path(path, access) }
    return .thread(id, access)
  }

  /// A thread that will be changed together with others, which have to be found first. Until they
  /// are found, nothing is changed, and no later request about any thread starts.
  static func threadAndOthers(_ id: String) -> Touches {
    var touches = thread(id, .open)
    touches.isInMemory = false
    touches.hasUnknownThreads = true
    return touches
  }

  /// These touches, for a request that needs no file.
  var inMemory: Touches {
    var touches = self
    touches.isInMemory = true
    return touches
  }

  /// What either of two requests reads and changes.
  func and(_ other: Touches) -> Touches {
    Touches(
      threads: threads + other.threads, readsHome: readsHome || other.readsHome,
      storesNewThread: storesNewThread || other.storesNewThread,
      hasUnknownThreads: hasUnknownThreads || other.hasUnknownThreads,
      isInMemory: isInMemory && other.isInMemory)
  }

  /// Whether a stored thread is changed or added.
  private var writes: Bool { storesNewThread || threads.contains { $0.access == .write } }

  /// Whether only particular threads or new ones are accessed, and not all stored threads.
  var isAboutThreads: Bool { !readsHome }

  /// Whether a thread is accessed in this way.
  func includes(_ id: UUID, _ access: Access) -> Bool {
    threads.contains { $0.id == id && $0.access >= access }
  }

  /// The touches of a request that has found which thread it accesses.
  func finding(_ id: UUID, _ access: Access) -> Touches {
    var touches = self
    touches.threads.append((id, access))
    touches.shownThread = nil
    if hasUnknownThreads {
      touches.hasUnknownThreads = false
      touches.readsHome = false
    }
    return touches
  }

  /// Whether a request has to wait for an earlier one.
  func waits(for earlier: Touches) -> Bool {
    if earlier.hasUnknownThreads, readsHome || !threads.isEmpty { return true }
    if readsHome && earlier.writes || writes && earlier.readsHome { return true }
    return threads.contains { thread in
      earlier.threads.contains { $0.id == thread.id && max($0.access, thread.access) > .read }
    }
  }
}
