package import Platform

/// Why a stored thread cannot be had.
package enum LibraryError: Error, Equatable {
  /// No file has this id in its name or in its header.
  case notFound(UUID)
  /// The thread is in the archive, where it cannot be opened by its id.
  case archived(UUID)
  /// A path that leads to an older file of a thread, which goes on in another one since.
  case stalePath(UUID, path: String, current: String)
  /// A path to another file than the one that a loaded thread is read from.
  case stalePathOfLoaded(UUID, path: String, active: String)
  /// A path that leads to no file.
  case badPath(String, PathProblem)
  /// The system refused to read; the files are as they were.
  case unreadable(SystemError)
  /// A file without one usable record. One of no bytes may be a file that is just begun.
  case empty(path: String, hasNoBytes: Bool)
  /// A file of which neither the name nor any record tells the thread.
  case nameless(path: String)
  /// A text that is no cursor.
  case invalidCursor(String)
  /// A cursor to a turn that the thread has no longer: it was rolled back.
  case cursorTurnGone
  /// A page is to begin behind an item that its turn does not have.
  case itemNotFound
}

/// What a path leads to instead of a file.
package enum PathProblem: String, Sendable {
  case missing, directory, special
}

extension LibraryError {
  /// Does something that reads files, and makes what the system refuses an error of the library.
  package static func reading<Value>(
    _ body: () throws(SystemError) -> Value
  ) throws(LibraryError) -> Value {
    do throws(SystemError) { return try body() } catch { throw .unreadable(error) }
  }
}

extension LibraryError: CustomStringConvertible {
  /// A few words for a log.
  package var description: String {
    switch self {
    case .notFound(let id): "no rollout of thread \(id)"
    case .archived(let id): "thread \(id) is archived"
    case .stalePath(_, let path, _), .stalePathOfLoaded(_, let path, _): "stale path \(path)"
    case .badPath(let path, let problem): "\(problem.rawValue): \(path)"
    case .unreadable(let error): "failed to \(error)"
    case .empty(let path, _), .nameless(let path): "nothing of use in \(path)"
    case .invalidCursor: "invalid cursor"
    case .cursorTurnGone, .itemNotFound: "the anchor of the page is gone"
    }
  }
}
