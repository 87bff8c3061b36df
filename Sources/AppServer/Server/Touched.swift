import Rollouts
import System

/// What a request reads and what it changes.
///
/// The order of requests follows from this and from nothing else (PROTOCOL.md 1): a request waits for
/// each earlier one that changes what it reads, or that reads what it changes.
struct Touched {
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
  private var mayWriteOthers = false

  /// Nothing that is stored, and nothing about a thread.
  static let nothing = Touched()

  /// All stored threads are read.
  static let wholeHome = Touched(readsHome: true)

  /// A thread is stored whose id nobody knows yet.
  static let newThread = Touched(storesNewThread: true)

  /// - Parameter id: As a request has it. A text that is no id touches nothing: the request is refused.
  static func thread(_ id: String, _ access: Access) -> Touched {
    (try? UUID(id)).map { threads([$0], access) } ?? .nothing
  }

  static func threads(_ ids: [UUID], _ access: Access) -> Touched {
    Touched(threads: ids.map { ($0, access) })
  }

  /// A thread is going to be changed, and others with it that have to be found first. Until they are,
  /// nothing is changed, and no later request about any thread goes ahead.
  static func threadAndOthers(_ id: String) -> Touched {
    var touched = thread(id, .open)
    touched.mayWriteOthers = true
    return touched
  }

  /// All that both touch.
  func and(_ other: Touched) -> Touched {
    Touched(
      threads: threads + other.threads, readsHome: readsHome || other.readsHome,
      storesNewThread: storesNewThread || other.storesNewThread,
      mayWriteOthers: mayWriteOthers || other.mayWriteOthers)
  }

  /// Whether something that is stored is changed.
  var writes: Bool { storesNewThread || threads.contains { $0.access == .write } }

  /// Whether a request that touches this has to wait for an earlier one.
  func waits(for earlier: Touched) -> Bool {
    if earlier.mayWriteOthers, readsHome || !threads.isEmpty { return true }
    if readsHome && earlier.writes || writes && earlier.readsHome { return true }
    return threads.contains { thread in
      earlier.threads.contains { $0.id == thread.id && max($0.access, thread.access) > .read }
    }
  }
}

extension Server {
  /// What a request touches that names a thread by a path or, without one, by its id.
  func touched(path: String?, id: String, _ access: Touched.Access) -> Touched {
    guard let path, !path.isEmpty else { return .thread(id, access) }
    return touched(path: path, access)
  }

  /// What a request touches that names a rollout by its path: the thread that the file tells. Any
  /// stored thread may be meant where the path leads nowhere yet.
  func touched(path: String, _ access: Touched.Access) -> Touched {
    do {
      let place = try store.thread(atPath: path, relativeTo: host.directory)
      return .threads([place.id], access)
    } catch {
      return .wholeHome
    }
  }
}
