package import Platform
package import Rollouts

/// A thread that has no file in the home: one that was started and not yet written to, or an ephemeral
/// one.
///
/// Its records are in a file without a name, behind what it took over from its parent, so that it is
/// read and written like any other thread.
package struct DraftThread: Sendable {
  package let id: UUID
  /// Where the thread's file will be; nil for an ephemeral thread.
  package let path: String?
  /// What an ephemeral fork is called: no index has its name. Nil for other threads.
  package let name: String?
  /// The thread's own records.
  package let file: File
  /// What of other files comes before them.
  private let base: [RolloutChain.Link]

  package init(
    _ id: UUID, _ file: File, path: String?, name: String?, on base: [RolloutChain.Link]
  ) {
    self.id = id
    self.file = file
    self.path = path
    self.name = name
    self.base = base
  }

  package var isEphemeral: Bool { path == nil }

  package var location: ThreadLocation {
    ThreadLocation(id: id, path: path ?? "", isArchived: false)
  }

  /// The files that the thread is read from.
  package func chain() throws(LibraryError) -> RolloutChain {
    try LibraryError.reading { () throws(SystemError) in
      let end = try file.status().size
      return try RolloutChain(base + [RolloutChain.Link(file: file, end: end, endOrdinal: nil)])
    }
  }
}
