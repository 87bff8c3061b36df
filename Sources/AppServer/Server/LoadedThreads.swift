import Settings
import System

/// The threads that this connection has opened, until they are archived, deleted or left.
struct LoadedThreads {
  private var threads: [UUID: LoadedThread] = [:]

  /// Accesses the thread; nil where it is not loaded.
  subscript(id: UUID) -> LoadedThread? {
    get { threads[id] }
    set { threads[id] = newValue }
  }

  /// In ascending order.
  var ids: [UUID] { threads.keys.sorted() }
}

/// What is known of a thread beyond its file.
struct LoadedThread {
  /// Those of the answer that loaded it.
  let settings: EffectiveSettings
  /// The file that it was opened from, where a request named one.
  var path: String?
  /// Set until the thread is written for the first time; ephemeral ones never are.
  var unstored: UnstoredThread?
  /// What writes it, with the lock that keeps others from that; nil before the first write.
  var writer: ThreadWriter?
  /// Whether the client still wants to hear of its turns and items.
  var isSubscribed = true

  init(settings: EffectiveSettings, path: String? = nil, unstored: UnstoredThread? = nil) {
    self.settings = settings
    self.path = path
    self.unstored = unstored
  }
}
