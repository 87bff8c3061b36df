package import Platform

/// The reason why a stored thread cannot be found or read.
package enum LibraryError: Error, Equatable {
  /// No file has this id in its name or in its header.
  case notFound(UUID)
  /// The thread is in the archive, where it cannot be opened by its id.
  case archived(UUID)
  /// The path leads to an older file of the thread. The thread was reverted since then, and its
  /// newest file is `current`.
  case stalePath(UUID, path: String, current: String)
  /// The path leads to another file than `active`, from which the loaded thread is read.
  case stalePathOfLoaded(UUID, path: String, active: String)
  /// The path leads to no regular file.
  case badPath(String, PathProblem)
  /// The system could not read a file. No file was changed.
  case unreadable(SystemError)
  /// The file has no usable record. A file without any bytes may have been created just now.
  case empty(path: String, hasNoBytes: Bool)
  /// Neither the name nor the records of the file contain the id of its thread.
  case nameless(path: String)
  /// The text is not a cursor.
  case invalidCursor(String)
  /// The cursor refers to a turn that the thread no longer has, because it was rolled back.
  case cursorTurnGone
  /// The page should begin after an item that the turn does not contain.
  case itemNotFound
}

/// What a path leads to if it does not lead to a regular file: nothing, a directory, or a pipe, a
/// socket or a device.
package enum PathProblem: String, Sendable {
  case missing, directory, special
}

extension LibraryError {
  /// Calls `body`, which reads files.
  ///
  /// - Throws: `unreadable` with the error that `body` throws.
  package static func reading<Value>(
    _ body: () throws(SystemError) -> Value
  ) throws(LibraryError) -> Value {
    do throws(SystemError) { return try body() } catch { throw .unreadable(error) }
  }

  /// Calls `body`, which finds a thread. Returns nil if it is not there or not as it should be.
  ///
  /// - Throws: `unreadable` if that cannot be told.
  package static func finding<Value>(
    _ body: () throws(LibraryError) -> Value?
  ) throws(LibraryError) -> Value? {
    do throws(LibraryError) { return try body() } catch {
      if case .unreadable = error { throw error }
      return nil
    }
  }
}

extension LibraryError: CustomStringConvertible {
  /// A short description for the log.
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
