import JSON
import JSONRPC
import Library
import Platform
import Protocol

// All errors that the server can send, exactly as in the table of PROTOCOL.md 3 and in its order.
// Clients compare the texts.

/// The error codes. Clients of the original server know no others.
enum ErrorCode: Int {
  /// The request is wrong or cannot be carried out.
  case invalidRequest = -32600
  /// The file system failed, or a file is damaged.
  case internalError = -32603
}

extension RPCError {
  /// Creates an error with a reason for programs and a message for people.
  ///
  /// - Parameter addMore: Adds further details for programs.
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

  /// The line of a request is too long to be kept.
  static let tooLarge = RPCError(
    .tooLarge, "Invalid request: a line may have 64 MiB, or 1 GiB if it holds a history")

  /// The request names an unknown method.
  ///
  /// - Parameter known: The names of all methods, in the order in which the message lists them.
  static func unknownMethod(_ name: String, known: [String]) -> RPCError {
    let error = JSONError.unknownVariant(name, known: known)
    return RPCError(.unknownMethod, "Invalid request: \(error.message)")
  }

  /// The params do not have the shape that the method declares.
  static func malformed(_ error: JSONError) -> RPCError {
    RPCError(.invalidParams, "Invalid request: \(error.message)")
  }

  /// The params have the right shape and a wrong value.
  ///
  /// - Parameter field: The name of the wrong param; nil if there is none in particular.
  static func invalidParams(_ message: String, field: String? = nil) -> RPCError {
    RPCError(.invalidParams, message) { $0.field = field }
  }

  static func invalidClientName(_ name: String) -> RPCError {
    invalidParams(
      "Invalid clientInfo.name: '\(name.quoted)'. Must be a valid HTTP header value.",
      field: "clientInfo.name")
  }
}

// MARK: Where commands run
extension RPCError {
  static func unknownEnvironment(_ id: String) -> RPCError {
    invalidParams("unknown turn environment id `\(id.quoted)`", field: "environments")
  }

  static func duplicateEnvironment(_ id: String) -> RPCError {
    invalidParams("duplicate turn environment id `\(id.quoted)`", field: "environments")
  }

  static func invalidEnvironmentDirectory(_ path: String, of id: String) -> RPCError {
    invalidParams(
      "invalid cwd for environment `\(id.quoted)`: path `\(path.quoted)` does not use absolute POSIX or Windows "
        + "path syntax", field: "environments")
  }
}

// MARK: Which thread
extension RPCError {
  /// The text is not the id of a thread.
  ///
  /// - Parameter why: The description of the error, for example `invalid length: …`.
  static func invalidThreadID(_ why: String) -> RPCError {
    invalidParams("invalid thread id: \(why)", field: "threadId")
  }

  /// The text is not the id of a thread. This is the message of thread/resume, fork, archive and
  /// unarchive.
  static func invalidSessionID(_ why: String) -> RPCError {
    invalidParams("invalid session id: \(why)", field: "threadId")
  }

  /// The text is not the id of a parent thread.
  static func invalidParentThreadID(_ why: String) -> RPCError {
    invalidParams("invalid parent thread id: \(why)", field: "parentThreadId")
  }

  /// The text is not the id of an ancestor thread.
  static func invalidAncestorThreadID(_ why: String) -> RPCError {
    invalidParams("invalid ancestor thread id: \(why)", field: "ancestorThreadId")
  }

  /// The text is not the id of a thread to leave out.
  static func invalidExcludedThreadID(_ why: String) -> RPCError {
    invalidParams("invalid excluded thread id: \(why)", field: "excludedThreadIds")
  }

  /// There is no stored thread with the id. This is the message of thread/resume, fork, archive,
  /// delete, name/set and metadata/update.
  static func rolloutNotFound(_ thread: UUID) -> RPCError {
    about(thread, .rolloutNotFound, "no rollout found for thread id \(thread)")
  }

  /// There is no stored thread with the id. This is the message of getConversationSummary.
  static func conversationNotFound(_ thread: UUID) -> RPCError {
    about(thread, .rolloutNotFound, "no rollout found for conversation id \(thread)")
  }

  /// There is no stored thread with the id. This is the message of thread/read, turns/list,
  /// items/list and searchOccurrences.
  static func threadNotLoaded(_ thread: UUID) -> RPCError {
    about(thread, .rolloutNotFound, "thread not loaded: \(thread)")
  }

  /// There is no archived thread with the id.
  static func archivedRolloutNotFound(_ thread: UUID) -> RPCError {
    about(thread, .rolloutNotFound, "no archived rollout found for thread id \(thread)")
  }

  /// The method needs a loaded thread, and the thread is not loaded.
  static func threadNotFound(_ thread: UUID) -> RPCError {
    about(thread, .notLoaded, "thread not found: \(thread)")
  }

  /// The thread is archived, and the method needs an active one.
  static func archived(_ thread: UUID) -> RPCError {
    about(
      thread, .archived,
      "session \(thread) is archived. Run `codex unarchive \(thread)` to unarchive it first.")
  }

  /// An error that contains the id of a thread.
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
  /// The path in the request leads to no file.
  static func unresolvedPath(_ path: String, _ problem: PathProblem) -> RPCError {
    let words =
      switch problem {
      case .missing: "file does not exist"
      case .directory: "path is a directory"
      case .special: "path is not a file"
      }
    return RPCError(
      problem == .missing ? .rolloutNotFound : .unreadable,
      "failed to resolve rollout path `\(path.quoted)`: \(words)"
    ) { $0.path = path }
  }

  /// The path in the request leads to an older file of a paginated thread that was reverted.
  ///
  /// - Parameters:
  ///   - path: The path as the request contains it.
  ///   - current: The path of the thread's newest file.
  static func stalePath(_ thread: UUID, _ path: String, current: String) -> RPCError {
    about(
      thread, .stalePath,
      "cannot resume paginated thread \(thread) with stale path: requested \(path.quoted), "
        + "current \(current.quoted); omit path and resume by thread id"
    ) { $0.path = path }
  }

  /// The path in the request leads to another file than the one from which the loaded thread is
  /// read.
  ///
  /// - Parameter active: The path of the file from which the loaded thread is read.
  static func stalePathOfLoaded(
    _ thread: UUID, _ path: String, active: String
  ) -> RPCError {
    about(
      thread, .stalePath,
      "cannot resume running thread \(thread) with stale path: requested `\(path.quoted)`, "
        + "active `\(active.quoted)`"
    ) { $0.path = path }
  }

  /// The file has no usable record.
  ///
  /// - Parameter hasNoBytes: Whether the file is empty, as a file is that was created and not yet
  ///   written to.
  static func emptyRollout(_ path: String, hasNoBytes: Bool) -> RPCError {
    RPCError(
      hasNoBytes ? .notMaterialized : .unreadable,
      "failed to read thread: no session metadata: rollout at \(path.quoted) is empty",
      code: .internalError
    ) { $0.path = path }
  }

  /// Neither the name nor the records of the file contain the id of its thread.
  static func namelessRollout(_ path: String) -> RPCError {
    unreadable(
      "failed to read thread: neither the name nor a record of \(path.quoted) says which thread it is",
      path: path)
  }

  /// A file cannot be read.
  ///
  /// - Parameter message: The operation, the path and the system's description of the error.
  static func unreadable(_ message: String, path: String?) -> RPCError {
    RPCError(.unreadable, message, code: .internalError) { $0.path = path }
  }

  /// A file is larger than a limit of this program. It is unchanged.
  ///
  /// - Parameter message: The operation, the path and the limit.
  static func tooLarge(_ message: String, _ path: String) -> RPCError {
    RPCError(.tooLarge, message, code: .internalError) { $0.path = path }
  }

  /// A file cannot be written. It is unchanged.
  ///
  /// - Parameter message: The operation, the path and the system's description of the error.
  static func unwritable(_ message: String, path: String?) -> RPCError {
    RPCError(.unwritable, message, code: .internalError) { $0.path = path }
  }

  /// The thread was opened by a path outside of the home, so it must not be changed.
  static func outsideHome(_ path: String) -> RPCError {
    RPCError(.unwritable, "failed to write \(path.quoted): it is not in the sessions of this home")
    {
      $0.path = path
    }
  }

  /// The path that archive or unarchive would give to the file is taken.
  static func nameTaken(_ path: String) -> RPCError {
    RPCError(.unwritable, "there is a file of that name already: \(path.quoted)") { $0.path = path }
  }
}

// MARK: Conflicts
extension RPCError {
  /// Another process writes the thread.
  static func locked(_ thread: UUID, holder: LockHolder?) -> RPCError {
    about(thread, .locked, "thread \(thread) already has an active writer") { $0.holder = holder }
  }

  /// The thread cannot be deleted, because the history of other threads continues its files.
  ///
  /// - Parameter threads: The ids of these other threads.
  static func inUse(_ thread: UUID, by threads: [UUID]) -> RPCError {
    about(
      thread, .inUse, "cannot delete thread \(thread): forked history still references it"
    ) { $0.threads = threads.map(\.description) }
  }

  /// The thread is ephemeral, so it has no name and no metadata that could be changed.
  static func ephemeralWithoutMetadata(_ thread: UUID) -> RPCError {
    about(
      thread, .unsupported, "ephemeral thread does not support metadata updates: \(thread)")
  }

  /// The thread is ephemeral, so it cannot be deleted.
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
  /// The text in the request is not a cursor.
  static func invalidCursor(_ cursor: String) -> RPCError {
    RPCError(.invalidCursor, "invalid cursor: \(cursor.quoted)") { $0.field = "cursor" }
  }

  static let cursorTurnGone = invalidCursor("anchor turn is no longer present")

  /// The thread has no turn with the id.
  static func turnNotFound(_ turnID: String) -> RPCError {
    RPCError(.turnNotFound, "turn not found: \(turnID.quoted)")
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

// MARK: Data to be stored
extension RPCError {
  static let emptyHistory = invalidParams("history must not be empty", field: "history")
  static let noItems = invalidParams("items must not be empty", field: "items")

  /// An item of the request is not a valid item of the model's input.
  ///
  /// - Parameter why: The error of decoding the item.
  static func invalidItem(_ index: Int, _ why: JSONError) -> RPCError {
    invalidParams(
      "items[\(index)] is not a valid response item: \(why.message)", field: "items[\(index)]")
  }

  static let emptyName = invalidParams("thread name must not be empty", field: "name")
  static let noMetadata = invalidParams(
    "thread metadata update must include at least one field")
  static let noGitInfo = invalidParams(
    "gitInfo must include at least one field", field: "gitInfo")

  /// A member of the Git information is blank.
  ///
  /// - Parameter member: `sha`, `branch` or `originUrl`.
  static func emptyGitInfo(_ member: String) -> RPCError {
    invalidParams("gitInfo.\(member) must not be empty", field: "gitInfo.\(member)")
  }
}

// MARK: Settings
extension RPCError {
  /// The settings are wrong.
  ///
  /// - Parameter message: The description of the error.
  static func invalidConfig(_ message: String) -> RPCError {
    RPCError(.invalidConfig, message)
  }
}
