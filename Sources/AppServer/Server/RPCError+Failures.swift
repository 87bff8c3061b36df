import JSONRPC
import Rollouts
import Settings
import System

// What a client is told when something below the server fails.
extension RPCError {
  init(_ error: StoreError) {
    switch error {
    case .notFound(let id): self = .rolloutNotFound(id.description)
    case .badPath(let path, .missing): self = .unresolvedPath(path, .missing)
    case .badPath(let path, .directory): self = .unresolvedPath(path, .directory)
    case .badPath(let path, .special): self = .unresolvedPath(path, .special)
    case .unreadable(let error): self = .unreadable(error)
    case .empty(let path, let hasNoBytes): self = .emptyRollout(path, hasBytes: !hasNoBytes)
    case .nameless(let path):
      self = .unreadable(
        "failed to read thread: neither the name nor a record of \(path) says which thread it is",
        path: path)
    case .inUse(let id, let threads):
      self = .inUse(id.description, by: threads.map(\.description))
    case .outside(let path): self = .outsideHome(path)
    }
  }

  static func unreadable(_ error: SystemError) -> RPCError {
    .unreadable("failed to \(error.operation) \(error.path): \(error.message)", path: error.path)
  }

  static func unwritable(_ error: SystemError) -> RPCError {
    .unwritable("failed to \(error.operation) \(error.path): \(error.message)", path: error.path)
  }

  init(_ error: SettingsError) { self = .invalidConfig(error.message) }
}

extension UUID {
  /// Reads the id of a thread that a request names.
  init(threadID text: String) throws(RPCError) {
    do throws(UUIDError) { try self.init(text) } catch { throw .invalidThreadID(error.message) }
  }

  /// The same for methods that call it the id of a session.
  init(sessionID text: String) throws(RPCError) {
    do throws(UUIDError) { try self.init(text) } catch { throw .invalidSessionID(error.message) }
  }
}
