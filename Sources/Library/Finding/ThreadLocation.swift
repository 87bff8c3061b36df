package import Platform
import Rollouts

/// Which thread is meant, and the file to read it from.
package struct ThreadLocation: Sendable, Equatable {
  package let id: UUID
  /// The thread's newest file; empty for a thread that never gets one.
  package let path: String
  package let isArchived: Bool
  /// The path of a newer file of the thread that holds nothing of use: the thread is shown as it was
  /// before that file. Nil as a rule.
  package var unusablePath: String?

  package init(id: UUID, path: String, isArchived: Bool) {
    self.id = id
    self.path = path
    self.isArchived = isArchived
  }
}

/// A thread that was found, with what had to be opened to find it.
package struct FoundThread: Sendable {
  package let location: ThreadLocation
  /// The thread's newest file, so that it need not be opened twice; nil where names alone told the
  /// thread.
  let head: RolloutHead?

  /// - Parameter location: Where the thread is known to be.
  package init(_ location: ThreadLocation) {
    self.init(location, head: nil)
  }

  init(_ location: ThreadLocation, head: RolloutHead?) {
    self.location = location
    self.head = head
  }

  /// Nil where a file belongs to another thread than the one that is looked for.
  ///
  /// - Parameter id: The id that is looked for.
  init?(
    _ id: UUID, _ owner: RolloutOwner, _ path: String, isArchived: Bool, head: RolloutHead? = nil
  ) {
    guard let owned = owner.id, owned == id || owner.alias == id else { return nil }
    self.init(ThreadLocation(id: owned, path: path, isArchived: isArchived), head: head)
  }

  /// The thread at a location that tells more of it, such as a newer file that is of no use.
  package func noting(_ location: ThreadLocation) -> FoundThread {
    FoundThread(location, head: head)
  }
}

/// An open rollout with its header.
struct RolloutHead: Sendable {
  let file: File
  /// Nil where the file has no header.
  let meta: SessionMeta?
  /// When the opening began, in ms since 1970.
  let start: Int64
}
