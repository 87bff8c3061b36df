import JSON
import JSONRPC
import Library
import Platform
import Protocol

// Every error that the server can send, byte for byte as PROTOCOL.md 3 has it: clients match on the
// texts. In the order of that table.

/// The only codes there are: clients of the original server know no others.
enum ErrorCode: Int {
  /// What the client can put right.
  case invalidRequest = -32600
  /// The disk or the file failed.
  case internalError = -32603
}

extension RPCError {
  /// - Parameter addMore: Adds what a program can read of the error besides its reason.
  init(
    _ reason: ErrorReason, _ message: String, code: ErrorCode = .invalidRequest,
    _ addMore: (inout ErrorData) -> Void = { _ in }
  ) {
    var data = ErrorData(reason)
    addMore(&data)
    self.init(code: code.rawValue, message: message, data: RawJSON(data))
  }
}

// MARK: The request itself
extension RPCError {
  static let notInitialized = RPCError(.notInitialized, "Not initialized")
  static let alreadyInitialized = RPCError(.alreadyInitialized, "Already initialized")
  static let cancelled = RPCError(.cancelled, "request cancelled")

  /// - Parameter known: Every method there is, in the order in which they are told.
  static func unknownMethod(_ name: String, known: [String]) -> RPCError {
    let error = JSONError.unknownVariant(name, known: known)
    return RPCError(.unknownMethod, "Invalid request: \(error.message)")
  }

  /// A request that does not have the shape that its method's declaration says.
  static func malformed(_ error: JSONError) -> RPCError {
    RPCError(.invalidParams, "Invalid request: \(error.message)")
  }

  /// Params of the right shape that make no sense.
  static func invalidParams(_ message: String, field: String? = nil) -> RPCError {
    RPCError(.invalidParams, message) { $0.field = field }
  }

  static func invalidClientName(_ name: String) -> RPCError {
    invalidParams(
      "Invalid clientInfo.name: '\(name)'. Must be a valid HTTP header value.",
      field: "clientInfo.name")
  }
}

// MARK: Where commands run
extension RPCError {
  static func unknownEnvironment(_ id: String) -> RPCError {
    invalidParams("unknown turn environment id `\(id)`", field: "environments")
  }

  static func duplicateEnvironment(_ id: String) -> RPCError {
    invalidParams("duplicate turn environment id `\(id)`", field: "environments")
  }

  static func invalidEnvironmentDirectory(_ path: String, of id: String) -> RPCError {
    invalidParams(
      "invalid cwd for environment `\(id)`: path `\(path)` does not use absolute POSIX or Windows "
        + "path syntax", field: "environments")
  }
}

// MARK: Which thread
extension RPCError {
  /// - Parameter why: What is wrong with the text, such as `invalid length: …`.
  static func invalidThreadID(_ why: String) -> RPCError {
    invalidParams("invalid thread id: \(why)", field: "threadId")
  }

  /// An id that is none, in the words of thread/resume, fork, archive and unarchive.
  static func invalidSessionID(_ why: String) -> RPCError {
    invalidParams("invalid session id: \(why)", field: "threadId")
  }

  static func invalidParentThreadID(_ why: String) -> RPCError {
    invalidParams("invalid parent thread id: \(why)", field: "parentThreadId")
  }

  static func invalidAncestorThreadID(_ why: String) -> RPCError {
    invalidParams("invalid ancestor thread id: \(why)", field: "ancestorThreadId")
  }

  static func invalidExcludedThreadID(_ why: String) -> RPCError {
    invalidParams("invalid excluded thread id: \(why)", field: "excludedThreadIds")
  }

  /// Nothing is stored of a thread that resume, fork, archive, delete, name/set or metadata names.
  static func rolloutNotFound(_ thread: UUID) -> RPCError {
    about(thread, .rolloutNotFound, "no rollout found for thread id \(thread)")
  }

  /// Nothing is stored of a thread that getConversationSummary names.
  static func conversationNotFound(_ thread: UUID) -> RPCError {
    about(thread, .rolloutNotFound, "no rollout found for conversation id \(thread)")
  }

  /// Nothing is stored of a thread that read, turns/list, items/list or searchOccurrences names.
  static func threadNotLoaded(_ thread: UUID) -> RPCError {
    about(thread, .rolloutNotFound, "thread not loaded: \(thread)")
  }

  static func archivedRolloutNotFound(_ thread: UUID) -> RPCError {
    about(thread, .rolloutNotFound, "no archived rollout found for thread id \(thread)")
  }

  /// A thread that must be loaded for the method and is not, stored or not.
  static func threadNotFound(_ thread: UUID) -> RPCError {
    about(thread, .notLoaded, "thread not found: \(thread)")
  }

  static func archived(_ thread: UUID) -> RPCError {
    about(
      thread, .archived,
      "session \(thread) is archived. Run `codex unarchive \(thread)` to unarchive it first.")
  }

  private static func about(
    _ thread: UUID, _ reason: ErrorReason, _ message: String,
    _ addMore: (inout ErrorData) -> Void = { _ in }
  ) -> RPCError {
    RPCError(reason, message) { data in
      data.threadID = thread.description
      addMore(&data)
    }
  }
}

// MARK: Files
extension RPCError {
  /// A path that the client gave and that leads to no file.
  static func unresolvedPath(_ path: String, _ problem: PathProblem) -> RPCError {
    let words =
      switch problem {
      case .missing: "file does not exist"
      case .directory: "path is a directory"
      case .special: "path is not a file"
      }
    return RPCError(
      problem == .missing ? .rolloutNotFound : .unreadable,
      "failed to resolve rollout path `\(path)`: \(words)"
    ) { $0.path = path }
  }

  /// A path to a file of a paginated thread that was reverted since: the thread goes on in another.
  ///
  /// - Parameters:
  ///   - path: As the request has it.
  ///   - current: The thread's newest file.
  static func stalePath(_ thread: UUID, _ path: String, current: String) -> RPCError {
    about(
      thread, .stalePath,
      "cannot resume paginated thread \(thread) with stale path: requested \(path), "
        + "current \(current); omit path and resume by thread id"
    ) { $0.path = path }
  }

  /// A path to another file than that which the thread was loaded from.
  ///
  /// - Parameter active: The file that the loaded thread is read from.
  static func stalePathOfLoaded(
    _ thread: UUID, _ path: String, active: String
  ) -> RPCError {
    about(
      thread, .stalePath,
      "cannot resume running thread \(thread) with stale path: requested `\(path)`, "
        + "active `\(active)`"
    ) { $0.path = path }
  }

  /// A file without one usable record.
  ///
  /// - Parameter hasNoBytes: True for a file that was made and not yet written to.
  static func emptyRollout(_ path: String, hasNoBytes: Bool) -> RPCError {
    RPCError(
      hasNoBytes ? .notMaterialized : .unreadable,
      "failed to read thread: no session metadata: rollout at \(path) is empty",
      code: .internalError
    ) { $0.path = path }
  }

  static func namelessRollout(_ path: String) -> RPCError {
    unreadable(
      "failed to read thread: neither the name nor a record of \(path) says which thread it is",
      path: path)
  }

  /// - Parameter message: The operation, the path and the system's words.
  static func unreadable(_ message: String, path: String?) -> RPCError {
    RPCError(.unreadable, message, code: .internalError) { $0.path = path }
  }

  /// The file is as it was before.
  ///
  /// - Parameter message: What could not be written and why.
  static func unwritable(_ message: String, path: String?) -> RPCError {
    RPCError(.unwritable, message, code: .internalError) { $0.path = path }
  }

  /// A thread that was opened by a path outside of the home is only read.
  static func outsideHome(_ path: String) -> RPCError {
    RPCError(.unwritable, "failed to write \(path): it is not in the sessions of this home") {
      $0.path = path
    }
  }

  /// The name that archive or unarchive would give to the file is taken.
  static func nameTaken(_ path: String) -> RPCError {
    RPCError(.unwritable, "there is a file of that name already: \(path)") { $0.path = path }
  }
}

// MARK: What stands in the way
extension RPCError {
  static func locked(_ thread: UUID, holder: LockHolder?) -> RPCError {
    about(thread, .locked, "thread \(thread) already has an active writer") { $0.holder = holder }
  }

  /// - Parameter threads: Those whose history stands on this one's file.
  static func inUse(_ thread: UUID, by threads: [UUID]) -> RPCError {
    about(
      thread, .inUse, "cannot delete thread \(thread): forked history still references it"
    ) { $0.threads = threads.map(\.description) }
  }

  static func ephemeralWithoutMetadata(_ thread: UUID) -> RPCError {
    about(
      thread, .unsupported, "ephemeral thread does not support metadata updates: \(thread)")
  }

  static func ephemeralNotDeletable(_ thread: UUID) -> RPCError {
    about(
      thread, .unsupported, "thread is not persisted and cannot be deleted: \(thread)")
  }

  /// - Parameter method: The name on the wire.
  static func needsModel(_ method: String) -> RPCError {
    RPCError(.unsupported, "\(method) needs a model; this server serves stored threads only")
  }

  static let noAccount = RPCError(
    .unsupported, "codex account authentication required to read rate limits")
}

// MARK: Turns and pages
extension RPCError {
  static func invalidCursor(_ cursor: String) -> RPCError {
    RPCError(.invalidCursor, "invalid cursor: \(cursor)") { $0.field = "cursor" }
  }

  static let cursorTurnGone = invalidCursor("anchor turn is no longer present")

  static func turnNotFound(_ turnID: String) -> RPCError {
    RPCError(.turnNotFound, "turn not found: \(turnID)")
  }

  static let bothTurnIDs = invalidParams(
    "`beforeTurnId` cannot be combined with `lastTurnId`", field: "beforeTurnId")
  static let tooFewTurns = invalidParams("numTurns must be >= 1", field: "numTurns")
  static let itemIDCount = invalidParams(
    "itemIds must contain 1 to 100 IDs", field: "itemIds")
  static let itemAnchorWithoutTurn = invalidParams(
    "turnId is required when cursor is an item anchor", field: "turnId")
  static let itemAnchorNotFound = invalidParams(
    "cursor.itemId does not identify an item in the requested history scope",
    field: "cursor.itemId")
  static let parentAndAncestor = invalidParams(
    "parentThreadId and ancestorThreadId are mutually exclusive", field: "ancestorThreadId")
  static let sectionSortWithoutSection = invalidParams(
    "section-position sorting requires a section filter", field: "sortKey")

  /// - Parameter method: The name on the wire.
  static func blankSearchTerm(_ method: String) -> RPCError {
    invalidParams("\(method) requires a non-empty searchTerm", field: "searchTerm")
  }
}

// MARK: What is to be stored
extension RPCError {
  static let emptyHistory = invalidParams("history must not be empty", field: "history")
  static let noItems = invalidParams("items must not be empty", field: "items")

  /// - Parameter why: What the item's declaration says of it.
  static func invalidItem(_ index: Int, _ why: JSONError) -> RPCError {
    invalidParams(
      "items[\(index)] is not a valid response item: \(why.message)", field: "items[\(index)]")
  }

  static let emptyName = invalidParams("thread name must not be empty", field: "name")
  static let noMetadata = invalidParams(
    "thread metadata update must include at least one field")
  static let noGitInfo = invalidParams(
    "gitInfo must include at least one field", field: "gitInfo")

  /// - Parameter member: `sha`, `branch` or `originUrl`.
  static func emptyGitInfo(_ member: String) -> RPCError {
    invalidParams("gitInfo.\(member) must not be empty", field: "gitInfo.\(member)")
  }
}

// MARK: Settings
extension RPCError {
  /// - Parameter message: What the settings say: their words are made with them.
  static func invalidConfig(_ message: String) -> RPCError {
    RPCError(.invalidConfig, message)
  }
}
