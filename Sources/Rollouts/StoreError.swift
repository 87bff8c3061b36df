package import System

/// Why a stored thread cannot be had.
package enum StoreError: Error, Equatable {
  /// No file is named by this id or says it in its header.
  case notFound(UUID)
  /// A path that a client gave leads to no file.
  case badPath(String, PathProblem)
  /// The system refused; the file is as it was.
  case unreadable(SystemError)
  /// Not one usable record. A file of no bytes may be one that is being begun.
  case empty(path: String, hasNoBytes: Bool)
  /// Neither its name nor any record says which thread it is.
  case nameless(path: String)
  /// It lies outside of the home: nothing is written there.
  case outside(String)
  /// The history of other threads stands on its files.
  case inUse(UUID, by: [UUID])
}

/// What a path is instead of a file.
package enum PathProblem: Sendable {
  case missing, directory, special
}
