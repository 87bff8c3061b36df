package import JSON

/// A conversation, as far as the wire tells of it (PROTOCOL.md 4).
package struct Thread: WireObject, Equatable {
  /// A UUID in lower case with dashes.
  package var id = ""
  /// The session of the first thread of the family; usually the id.
  package var sessionID = ""
  package var forkedFromID: String?
  package var parentThreadID: String?
  /// Usually the first user message.
  package var preview = ""
  /// Whether the thread is in memory only.
  package var ephemeral = false
  package var historyMode = ThreadHistoryMode.legacy
  package var modelProvider = ""
  package var model: String?
  package var reasoningEffort: String?
  /// Unix time in seconds, as the other two.
  package var createdAt: Int64 = 0
  package var updatedAt: Int64 = 0
  package var recencyAt: Int64?
  package var status = ThreadStatus.notLoaded
  /// The rollout, absolute; nil where nothing is on disk and nothing will be.
  package var path: String?
  /// Absolute.
  package var cwd = ""
  package var cliVersion = ""
  /// The name of the client that made the thread.
  package var originator: String?
  package var source = SessionSource.vscode
  package var threadSource: String?
  package var agentNickname: String?
  package var agentRole: String?
  package var gitInfo: GitInfo?
  package var name: String?
  /// Always null here, as the next four.
  package var section: RawJSON?
  package var sectionEnteredAt: Int64?
  package var projectID: String?
  package var extra: RawJSON?
  package var daybreakEnabled: Bool?
  /// Null unless the thread is loaded.
  package var canAcceptDirectInput: Bool?
  /// Null unless the thread is loaded.
  package var environments: [ThreadEnvironment]?
  /// Empty unless the method that answers says otherwise.
  package var turns: [Turn] = []

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("id", &id)
    try field("sessionId", &sessionID)
    try field("forkedFromId", &forkedFromID)
    try field("parentThreadId", &parentThreadID)
    try field("preview", &preview)
    try field("ephemeral", &ephemeral)
    try field("historyMode", &historyMode, .defaulted)
    try field("modelProvider", &modelProvider)
    try field("model", &model)
    try field("reasoningEffort", &reasoningEffort)
    try field("createdAt", &createdAt)
    try field("updatedAt", &updatedAt)
    try field("recencyAt", &recencyAt)
    try field("status", &status)
    try field("path", &path)
    try field("cwd", &cwd)
    try field("cliVersion", &cliVersion)
    try field("originator", &originator)
    try field("source", &source)
    try field("threadSource", &threadSource)
    try field("agentNickname", &agentNickname)
    try field("agentRole", &agentRole)
    try field("gitInfo", &gitInfo)
    try field("name", &name)
    try field("section", &section)
    try field("sectionEnteredAt", &sectionEnteredAt)
    try field("projectId", &projectID)
    try field("extra", &extra)
    try field("daybreakEnabled", &daybreakEnabled)
    try field("canAcceptDirectInput", &canAcceptDirectInput)
    try field("environments", &environments)
    try field("turns", &turns)
  }

  /// Writes this thread, its turns being the array that `turns` appends.
  package func write(
    to out: inout JSONWriter, streamingTurns turns: (inout JSONWriter) -> Void
  ) {
    write(to: &out, streaming: "turns", turns)
  }
}

/// Whether turns are kept by the whole history or by pages (ROLLOUTS.md 3).
package enum ThreadHistoryMode: String, WireEnum {
  case legacy
  case paginated
}

/// What a thread is doing now.
package enum ThreadStatus: WireUnion, Equatable {
  case notLoaded
  case idle
  case systemError
  case active(Active)

  /// A turn is under way.
  package struct Active: WireObject, Equatable {
    /// What the turn waits for: `waitingOnApproval`, `waitingOnUserInput`.
    package var activeFlags: [String] = []

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("activeFlags", &activeFlags)
    }
  }

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("notLoaded", .notLoaded)
    try variant("idle", .idle)
    try variant("systemError", .systemError)
    try variant("active", Self.active)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .notLoaded: variant("notLoaded")
    case .idle: variant("idle")
    case .systemError: variant("systemError")
    case .active(let active): variant("active", active)
    }
  }
}

/// Where the commands of a loaded thread run.
package struct ThreadEnvironment: WireObject, Equatable {
  package var environmentID = ""
  package var cwd = ""
  package var runtimeWorkspaceRoots: [String] = []

  package init() {}

  /// The machine that the server runs on; there is no other.
  package static let local = "local"

  /// - Parameter cwd: Absolute, as the roots are.
  package init(local cwd: String, roots: [String]) {
    environmentID = Self.local
    self.cwd = cwd
    runtimeWorkspaceRoots = roots
  }

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("environmentId", &environmentID)
    try field("cwd", &cwd)
    try field("runtimeWorkspaceRoots", &runtimeWorkspaceRoots)
  }
}

/// Where the working directory stood in Git when the thread was made.
package struct GitInfo: WireObject, Equatable {
  package var sha: String?
  package var branch: String?
  package var originURL: String?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("sha", &sha)
    try field("branch", &branch)
    try field("originUrl", &originURL)
  }
}
