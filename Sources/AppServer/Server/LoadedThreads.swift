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
}
