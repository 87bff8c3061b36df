import Rollouts

/// A part of a home that lists and searches lack, because it cannot be read.
package struct HomeLoss: Sendable {
  /// The path of what cannot be read.
  package let path: String
  /// A description of the loss for people.
  package let message: String

  init(_ unread: UnreadFolder) {
    path = unread.folder.path
    message = "threads may be missing, because a folder cannot be read: failed to \(unread.error)"
  }
}
