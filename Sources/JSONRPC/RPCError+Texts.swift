package import JSON

// Every error that the server can send, byte for byte as PROTOCOL.md 3 has it: clients match on the
// texts. In the order of that table.

// MARK: The request itself
extension RPCError {
  package static let notInitialized = RPCError(.notInitialized, "Not initialized")
  package static let alreadyInitialized = RPCError(.alreadyInitialized, "Already initialized")
  package static let cancelled = RPCError(.cancelled, "request cancelled")

  /// - Parameter known: Every method there is, in the order in which they are told.
  package static func unknownMethod(_ name: String, known: [String]) -> RPCError {
    let error = JSONError.unknownVariant(name, known: known)
    return RPCError(.unknownMethod, "Invalid request: \(error.message)")
  }

  /// A request that does not have the shape that its method's declaration says.
  package static func malformed(_ error: JSONError) -> RPCError {
    RPCError(.invalidParams, "Invalid request: \(error.message)")
  }

  /// Params of the right shape that make no sense.
  package static func invalidParams(_ message: String, field: String? = nil) -> RPCError {
    RPCError(.invalidParams, message).with { $0.field = field }
  }

  package static func invalidClientName(_ name: String) -> RPCError {
    invalidParams(
      "Invalid clientInfo.name: '\(name)'. Must be a valid HTTP header value.",
      field: "clientInfo.name")
  }
}

// MARK: Where commands run
extension RPCError {
  package static func unknownEnvironment(_ id: String) -> RPCError {
    invalidParams("unknown turn environment id `\(id)`", field: "environments")
  }

  package static func duplicateEnvironment(_ id: String) -> RPCError {
    invalidParams("duplicate turn environment id `\(id)`", field: "environments")
  }

  package static func invalidEnvironmentDirectory(_ path: String, of id: String) -> RPCError {
    invalidParams(
      "invalid cwd for environment `\(id)`: path `\(path)` does not use absolute POSIX or Windows "
        + "path syntax", field: "environments")
  }
}

// MARK: Which thread
extension RPCError {
  /// - Parameter why: What is wrong with the text, such as `invalid length: …`.
  package static func invalidThreadID(_ why: String) -> RPCError {
    invalidParams("invalid thread id: \(why)", field: "threadId")
  }

  /// The same, in the words of thread/resume, fork, archive and unarchive.
  package static func invalidSessionID(_ why: String) -> RPCError {
    invalidParams("invalid session id: \(why)", field: "threadId")
  }

  package static func invalidParentThreadID(_ why: String) -> RPCError {
    invalidParams("invalid parent thread id: \(why)", field: "parentThreadId")
  }

  package static func invalidAncestorThreadID(_ why: String) -> RPCError {
    invalidParams("invalid ancestor thread id: \(why)", field: "ancestorThreadId")
  }

  package static func invalidExcludedThreadID(_ why: String) -> RPCError {
    invalidParams("invalid excluded thread id: \(why)", field: "excludedThreadIds")
  }

  /// Nothing is stored of a thread that resume, fork, archive, delete, name/set or metadata names.
  package static func rolloutNotFound(_ threadID: String) -> RPCError {
    about(threadID, .rolloutNotFound, "no rollout found for thread id \(threadID)")
  }

  /// The same, in the words of getConversationSummary.
  package static func conversationNotFound(_ threadID: String) -> RPCError {
    about(threadID, .rolloutNotFound, "no rollout found for conversation id \(threadID)")
  }

  /// The same, in the words of read, turns/list and items/list.
  package static func threadNotLoaded(_ threadID: String) -> RPCError {
    about(threadID, .rolloutNotFound, "thread not loaded: \(threadID)")
  }

  package static func archivedRolloutNotFound(_ threadID: String) -> RPCError {
    about(threadID, .rolloutNotFound, "no archived rollout found for thread id \(threadID)")
  }

  /// A thread that must be loaded for the method and is not, stored or not.
  package static func threadNotFound(_ threadID: String) -> RPCError {
    about(threadID, .notLoaded, "thread not found: \(threadID)")
  }

  package static func archived(_ threadID: String) -> RPCError {
    about(
      threadID, .archived,
      "session \(threadID) is archived. Run `codex unarchive \(threadID)` to unarchive it first.")
  }

  private static func about(
    _ threadID: String, _ reason: ErrorReason, _ message: String
  ) -> RPCError {
    RPCError(reason, message).with { $0.threadID = threadID }
  }
}

// MARK: Files
extension RPCError {
  /// Why a path that the client gave is no rollout.
  package enum PathProblem: String, Sendable {
    case missing = "file does not exist"
    case directory = "path is a directory"
    case special = "path is not a file"
  }

  package static func unresolvedPath(_ path: String, _ problem: PathProblem) -> RPCError {
    RPCError(
      problem == .missing ? .rolloutNotFound : .unreadable,
      "failed to resolve rollout path `\(path)`: \(problem.rawValue)"
    ).with { $0.path = path }
  }

  /// A path to a file of a paginated thread that was reverted since: the thread goes on in another.
  ///
  /// - Parameters:
  ///   - path: As the request has it.
  ///   - current: The thread's newest file.
  package static func stalePath(_ threadID: String, _ path: String, current: String) -> RPCError {
    about(
      threadID, .stalePath,
      "cannot resume paginated thread \(threadID) with stale path: requested \(path), "
        + "current \(current); omit path and resume by thread id"
    ).with { $0.path = path }
  }

  /// A path to another file than that which the thread was loaded from.
  ///
  /// - Parameter active: The file that the loaded thread is read from.
  package static func stalePathOfLoaded(
    _ threadID: String, _ path: String, active: String
  ) -> RPCError {
    about(
      threadID, .stalePath,
      "cannot resume running thread \(threadID) with stale path: requested `\(path)`, "
        + "active `\(active)`"
    ).with { $0.path = path }
  }

  /// A file without one usable record.
  ///
  /// - Parameter hasBytes: False for a file that was made and not yet written to.
  package static func emptyRollout(_ path: String, hasBytes: Bool) -> RPCError {
    RPCError(
      hasBytes ? .unreadable : .notMaterialized,
      "failed to read thread: no session metadata: rollout at \(path) is empty",
      code: .internalError
    ).with { $0.path = path }
  }

  /// - Parameter message: The operation, the path and the system's words.
  package static func unreadable(_ message: String, path: String?) -> RPCError {
    RPCError(.unreadable, message, code: .internalError).with { $0.path = path }
  }

  /// The file is as it was before.
  ///
  /// - Parameter message: What could not be written and why.
  package static func unwritable(_ message: String, path: String?) -> RPCError {
    RPCError(.unwritable, message, code: .internalError).with { $0.path = path }
  }

  /// A thread that was opened by a path outside of the home is only read.
  package static func outsideHome(_ path: String) -> RPCError {
    RPCError(.unwritable, "failed to write \(path): it is not in the sessions of this home")
      .with { $0.path = path }
  }

  /// The name that archive or unarchive would give to the file is taken.
  package static func nameTaken(_ path: String) -> RPCError {
    RPCError(.unwritable, "there is a file of that name already: \(path)").with { $0.path = path }
  }
}

// MARK: What stands in the way
extension RPCError {
  package static func locked(_ threadID: String, holder: LockHolder?) -> RPCError {
    about(threadID, .locked, "thread \(threadID) already has an active writer")
      .with { $0.holder = holder }
  }

  /// - Parameter threads: Those whose history stands on this one's file.
  package static func inUse(_ threadID: String, by threads: [String]) -> RPCError {
    about(
      threadID, .inUse, "cannot delete thread \(threadID): forked history still references it"
    ).with { $0.threads = threads }
  }

  package static func ephemeralWithoutMetadata(_ threadID: String) -> RPCError {
    about(
      threadID, .unsupported, "ephemeral thread does not support metadata updates: \(threadID)")
  }

  package static func ephemeralNotDeletable(_ threadID: String) -> RPCError {
    about(
      threadID, .unsupported, "thread is not persisted and cannot be deleted: \(threadID)")
  }

  /// - Parameter method: The name on the wire.
  package static func needsModel(_ method: String) -> RPCError {
    RPCError(.unsupported, "\(method) needs a model; this server serves stored threads only")
  }

  package static let noAccount = RPCError(
    .unsupported, "codex account authentication required to read rate limits")
}

// MARK: Turns and pages
extension RPCError {
  package static func invalidCursor(_ cursor: String) -> RPCError {
    RPCError(.invalidCursor, "invalid cursor: \(cursor)").with { $0.field = "cursor" }
  }

  package static let cursorTurnGone = invalidCursor("anchor turn is no longer present")

  package static func turnNotFound(_ turnID: String) -> RPCError {
    RPCError(.turnNotFound, "turn not found: \(turnID)")
  }

  package static let bothTurnIDs = invalidParams(
    "`beforeTurnId` cannot be combined with `lastTurnId`", field: "beforeTurnId")
  package static let tooFewTurns = invalidParams("numTurns must be >= 1", field: "numTurns")
  package static let itemIDCount = invalidParams(
    "itemIds must contain 1 to 100 IDs", field: "itemIds")
  package static let itemAnchorWithoutTurn = invalidParams(
    "turnId is required when cursor is an item anchor", field: "turnId")
  package static let itemAnchorNotFound = invalidParams(
    "cursor.itemId does not identify an item in the requested history scope",
    field: "cursor.itemId")
  package static let parentAndAncestor = invalidParams(
    "parentThreadId and ancestorThreadId are mutually exclusive", field: "ancestorThreadId")
  package static let sectionSortWithoutSection = invalidParams(
    "section-position sorting requires a section filter", field: "sortKey")

  /// - Parameter method: The name on the wire.
  package static func blankSearchTerm(_ method: String) -> RPCError {
    invalidParams("\(method) requires a non-empty searchTerm", field: "searchTerm")
  }
}

// MARK: What is to be stored
extension RPCError {
  package static let emptyHistory = invalidParams("history must not be empty", field: "history")
  package static let noItems = invalidParams("items must not be empty", field: "items")

  /// - Parameter why: What the item's declaration says of it.
  package static func invalidItem(_ index: Int, _ why: JSONError) -> RPCError {
    invalidParams(
      "items[\(index)] is not a valid response item: \(why.message)", field: "items[\(index)]")
  }

  package static let emptyName = invalidParams("thread name must not be empty", field: "name")
  package static let noMetadata = invalidParams(
    "thread metadata update must include at least one field")
  package static let noGitInfo = invalidParams(
    "gitInfo must include at least one field", field: "gitInfo")

  /// - Parameter member: `sha`, `branch` or `originUrl`.
  package static func emptyGitInfo(_ member: String) -> RPCError {
    invalidParams("gitInfo.\(member) must not be empty", field: "gitInfo.\(member)")
  }
}

// MARK: Settings
extension RPCError {
  /// - Parameter message: What the settings say: their words are made with them.
  package static func invalidConfig(_ message: String) -> RPCError {
    RPCError(.invalidConfig, message)
  }
}
