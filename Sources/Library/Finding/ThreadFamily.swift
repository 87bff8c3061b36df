package import Platform
package import Rollouts

/// A thread with its sub-agents and all their descendants. They are archived and deleted together.
package struct ThreadFamily: Sendable {
  /// A thread of the family with all its files, active and archived.
  package struct Member: Sendable {
    /// The id of the thread.
    package let id: UUID
    /// All files of the thread.
    package let files: [RolloutFile]
  }

  /// The thread, which always is the first one, then its sub-agents generation by generation. Within
  /// a generation, members are ordered by their ids.
  package let members: [Member]
  /// The threads outside the family whose history continues a file of a member, by the member's id.
  /// Members without such threads are left out.
  package let dependents: [UUID: [UUID]]
  /// Why members, files of members or dependents may be missing: the error of a folder or of a
  /// header that could not be read. Nil if everything was read.
  package let doubt: SystemError?
  /// The files of the home when the family was found.
  let home: RolloutFiles

  /// The family without the sub-agents that are not among some threads. Their files still count as
  /// those of others.
  package func limited(to threads: Set<UUID>) -> ThreadFamily {
    ThreadFamily(
      members: members.filter { threads.contains($0.id) }, dependents: dependents,
      doubt: doubt, home: home)
  }
}
