/// A file that its name says is a rollout; nobody has looked into it yet.
package struct RolloutFile: Hashable, Sendable {
  /// Below the home as it was given: symbolic links in that are kept.
  package let path: String
  package let name: RolloutName
  /// Whether it lies in `archived_sessions`.
  package let isArchived: Bool

  package init(path: String, name: RolloutName, isArchived: Bool) {
    self.path = path
    self.name = name
    self.isArchived = isArchived
  }

  /// Of several files with the content of one thread, those of the lowest rank count:
  /// active before archived, plain before compressed, canonical names before copies.
  package var rank: Int {
    (isArchived ? 4 : 0) + (name.isCompressed ? 2 : 0) + (name.isCopy ? 1 : 0)
  }
}
