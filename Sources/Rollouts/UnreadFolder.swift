package import Platform

/// A folder below a home that could not be read. Threads or parts of threads may be in it.
package struct UnreadFolder: Sendable {
  /// The folder.
  package let folder: RolloutFolder
  /// Why the folder could not be read.
  package let error: SystemError
}
