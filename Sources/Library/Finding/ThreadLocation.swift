package import Platform
import Rollouts

/// The id of a thread and the file from which the thread is read.
package struct ThreadLocation: Sendable, Equatable {
  /// The id of the thread.
  package let id: UUID
  /// The path of the thread's newest file; empty for an ephemeral thread, which never gets a file.
  package let path: String
  /// Whether the file is in the archive.
  package let isArchived: Bool
  /// The path of a newer file of the thread without a usable record; nil if there is none. The
  /// thread is then shown without that file.
  package var unusablePath: String?

  /// The path of another file with the same part of the thread, which is not shown; nil if there is
  /// none.
  package var copyPath: String?

  /// Creates a location without an unusable newer file and without a copy.
  package init(id: UUID, path: String, isArchived: Bool) {
    self.id = id
    self.path = path
    self.isArchived = isArchived
  }
}

/// A thread that was found, with the file that was opened to find it.
package struct FoundThread: Sendable {
  /// The id and the file of the thread.
  package let location: ThreadLocation
  /// The thread's newest file, so that it is not opened twice; nil if the thread was found by file
  /// names alone.
  let head: RolloutHead?

  /// Creates a found thread whose file is not open.
  ///
  /// - Parameter location: The id and the file of the thread.
  package init(_ location: ThreadLocation) {
    self.init(location, head: nil)
  }

  init(_ location: ThreadLocation, head: RolloutHead?) {
    self.location = location
    self.head = head
  }

  /// Creates a found thread from one of its files; nil if the file belongs to another thread.
  ///
  /// - Parameters:
  ///   - id: The id that is searched for.
  ///   - owner: The thread that the file belongs to.
  ///   - path: The path of the file.
  init?(
    _ id: UUID, _ owner: RolloutOwner, _ path: String, isArchived: Bool, head: RolloutHead? = nil
  ) {
    guard let owned = owner.id, owned == id || owner.alias == id else { return nil }
    self.init(ThreadLocation(id: owned, path: path, isArchived: isArchived), head: head)
  }

  /// The thread with another location, which may have an unusable newer file.
  package func moved(to location: ThreadLocation) -> FoundThread {
    FoundThread(location, head: head)
  }
}

/// An open rollout with its header.
struct RolloutHead: Sendable {
  let file: File
  /// The header of the file; nil if the file has none.
  let meta: SessionMeta?
  /// When the opening began, in milliseconds since 1970.
  let start: Int64
}
