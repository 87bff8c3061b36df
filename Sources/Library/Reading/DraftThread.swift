package import Platform
package import Rollouts

/// A thread without a file in the home: a new thread before the first write, or an ephemeral
/// thread.
///
/// Its records are in a temporary file without a name, so that it is read and written like any
/// other thread. The records that a fork takes over stay in the files of its parent.
package struct DraftThread: Sendable {
  /// The id of the thread.
  package let id: UUID
  /// The path that the thread's file will get; nil for an ephemeral thread.
  package let path: String?
  /// The name of an ephemeral fork, which is not in the session index; nil for other threads.
  package let name: String?
  /// The file that holds the thread's own records.
  package let file: File
  /// The parts of other files whose records precede the thread's own.
  private let base: [RolloutChain.Link]

  /// Creates a draft.
  ///
  /// - Parameters:
  ///   - id: The id of the thread.
  ///   - file: The file that holds the thread's own records.
  ///   - path: The path that the thread's file will get; nil for an ephemeral thread.
  ///   - name: The name of an ephemeral fork; nil for other threads.
  ///   - base: The parts of other files whose records precede the thread's own.
  package init(
    _ id: UUID, _ file: File, path: String?, name: String?, on base: [RolloutChain.Link]
  ) {
    self.id = id
    self.file = file
    self.path = path
    self.name = name
    self.base = base
  }

  /// Whether the thread never gets a file in the home.
  package var isEphemeral: Bool { path == nil }

  /// The id of the thread and the path that its file will get.
  package var location: ThreadLocation {
    ThreadLocation(id: id, path: path ?? "", isArchived: false)
  }

  /// The open files from which the thread is read, the oldest first.
  package func chain() throws(LibraryError) -> RolloutChain {
    try LibraryError.reading { () throws(SystemError) in
      let end = try file.status().size
      return try RolloutChain(base + [RolloutChain.Link(file: file, end: end, endOrdinal: nil)])
    }
  }
}
