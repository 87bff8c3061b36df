import Changes
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Settings

// The errors for clients. Only here errors of the library, of changes and of settings become errors
// of the protocol.
extension RPCError {
  /// Creates the error for a client from any error.
  ///
  /// - Parameter notFound: Creates the method's error for a missing thread.
  init(_ error: any Error, notFound: (UUID) -> RPCError) {
    switch error {
    case let error as RPCError: self = error
    case let error as LibraryError: self.init(error, notFound: notFound)
    case let error as ChangeError: self.init(error, notFound: notFound)
    case let error as SettingsError: self = .invalidConfig(error.message)
    default: self.init(.unreadable, "\(error)", code: .internalError)
    }
  }

  private init(_ error: LibraryError, notFound: (UUID) -> RPCError) {
    self =
      switch error {
      case .notFound(let id): notFound(id)
      case .archived(let id): .archived(id)
      case .stalePath(let id, let path, let current): .stalePath(id, path, current: current)
      case .stalePathOfLoaded(let id, let path, let active):
        .stalePathOfLoaded(id, path, active: active)
      case .badPath(let path, let problem): .unresolvedPath(path, problem)
      case .unreadable(let error) where error.isTooLarge:
        .tooLarge("failed to \(error.words)", error.path)
      case .unreadable(let error): .unreadable("failed to \(error.words)", path: error.path)
      case .empty(let path, let hasNoBytes): .emptyRollout(path, hasNoBytes: hasNoBytes)
      case .nameless(let path): .namelessRollout(path)
      case .invalidCursor(let cursor): .invalidCursor(cursor)
      case .cursorTurnGone: .cursorTurnGone
      case .itemNotFound: .itemAnchorNotFound
      }
  }

  private init(_ error: ChangeError, notFound: (UUID) -> RPCError) {
    self =
      switch error {
      case .library(let error): RPCError(error, notFound: notFound)
      case .unwritable(let error) where error.isTooLarge:
        .tooLarge("failed to \(error.words)", error.path)
      case .unwritable(let error): .unwritable("failed to \(error.words)", path: error.path)
      case .outsideHome(let path): .outsideHome(path)
      case .nameTaken(let path): .nameTaken(path)
      case .locked(let id, let holder):
        .locked(id, holder: holder.map { LockHolder(pid: $0.pid, name: $0.name) })
      case .inUse(let id, let threads): .inUse(id, by: threads)
      }
  }
}

extension UUID {
  /// Reads the id of a thread from a request.
  init(threadID text: String) throws(RPCError) {
    try self.init(text, orThrow: RPCError.invalidThreadID)
  }

  /// Reads the id of a thread from a request of a method that calls it a session id.
  init(sessionID text: String) throws(RPCError) {
    try self.init(text, orThrow: RPCError.invalidSessionID)
  }

  /// Reads an id from a request.
  ///
  /// - Parameter failure: Creates the error from a description of what is wrong with the text.
  init(_ text: String, orThrow failure: (String) -> RPCError) throws(RPCError) {
    do throws(UUIDError) { try self.init(text) } catch { throw failure(error.message) }
  }
}

extension SystemError {
  /// What failed, with the path as errors quote it.
  fileprivate var words: String { "\(operation) \(path.quoted): \(message)" }
}
