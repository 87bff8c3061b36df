package import Platform
import Rollouts

/// A part of a home that lists and searches lack, because it cannot be read.
package struct HomeLoss: Sendable {
  /// The path of what cannot be read.
  package let path: String
  /// A description of the loss for people.
  package let message: String

  init(_ unread: UnreadFolder) {
    path = unread.folder.path
    message =
      "threads may be missing, because a folder cannot be read: failed to \(unread.error)"
  }

  /// The loss of the names in the session index.
  ///
  /// - Parameter failure: Why the index could not be read.
  package init(ofNames failure: SystemError) {
    path = failure.path
    message =
      "names of threads may be missing, because their index cannot be read: failed to \(failure)"
  }
}
