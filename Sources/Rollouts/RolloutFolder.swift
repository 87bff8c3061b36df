/// A folder whose rollout files are listed: that of a day, or the archive.
package struct RolloutFolder: Hashable, Sendable {
  /// A date that a path spells.
  package struct Day: Hashable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int
  }

  package let path: String
  /// Nil for the archive.
  package let day: Day?

  package var isArchived: Bool { day == nil }
}
