package import Platform
package import Rollouts

/// A thread with the sub-agents that it started, and with theirs: they are archived and deleted
/// together.
package struct ThreadFamily: Sendable {
  /// A thread of the family with all its files, active and archived.
  package struct Member: Sendable {
    package let id: UUID
    package let files: [RolloutFile]
  }

  /// The thread itself, then its sub-agents, then theirs; those of one generation by their ids.
  package let members: [Member]
  /// The other threads whose history stands on a file of a member, by the member's id.
  package let dependents: [UUID: [UUID]]
  /// The files of the home that were looked at.
  let home: RolloutFiles
}
