package import JSON

/// A conversation, as the protocol shows it (PROTOCOL.md 4).
package struct Thread: WireObject, Equatable {
  /// The id of the thread: a UUID in lower case with dashes.
  package var id = ""
  /// The session of the first thread of the family; usually equal to `id`.
  package var sessionID = ""
  /// The id of the thread that this one is a fork of; nil for other threads.
  package var forkedFromID: String?
  /// The id of the thread that started this one as its sub-agent; nil for other threads.
  package var parentThreadID: String?
  /// The text that lists show; usually the first message of the user.
  package var preview = ""
  /// Whether the thread is in memory only.
  package var ephemeral = false
  /// The form of the thread's files.
  package var historyMode = ThreadHistoryMode.legacy
  /// The provider of the model that the thread began with.
  package var modelProvider = ""
  /// The last model of the thread; nil where none is recorded.
  package var model: String?
  /// The last reasoning effort of the thread; nil where none is recorded.
  package var reasoningEffort: String?
  /// When the thread was made, in seconds since 1970.
  package var createdAt: Int64 = 0
  /// When the conversation was last continued, in seconds since 1970.
  package var updatedAt: Int64 = 0
  /// When the conversation was last continued, in seconds since 1970; equal to `updatedAt`.
  package var recencyAt: Int64?
  /// What the thread is doing.
  package var status = ThreadStatus.notLoaded
  /// The path of the rollout, absolute; nil where the thread is not and will not be on disk.
  package var path: String?
  /// The working directory, absolute.
  package var cwd = ""
  /// The version of the program that made the thread.
  package var cliVersion = ""
  /// The name of the client that made the thread.
  package var originator: String?
  /// The kind of program that made the thread.
  package var source = SessionSource.vscode
  /// The purpose that the client gave for the thread; nil where it gave none.
  package var threadSource: String?
  /// The name of the agent for people; nil where the thread is not that of an agent, or has none.
  package var agentNickname: String?
  /// The role of the agent; nil where the thread is not that of an agent, or has none.
  package var agentRole: String?
  /// The state of the working directory in Git; nil where none is recorded.
  package var gitInfo: GitInfo?
  /// The name that the user gave the thread; nil where there is none.
  package var name: String?
  /// Always null.
  package var section: RawJSON?
  /// Always null.
  package var sectionEnteredAt: Int64?
  /// Always null.
  package var projectID: String?
  /// Always null.
  package var extra: RawJSON?
  /// Always null.
  package var daybreakEnabled: Bool?
  /// Whether clients may send input to the thread; null unless it is loaded.
  package var canAcceptDirectInput: Bool?
  /// Where the commands of the thread run; null unless it is loaded.
  package var environments: [ThreadEnvironment]?
  /// The turns; empty unless the method says otherwise.
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

  /// Writes the thread with the array that `turns` appends in place of `self.turns`.
  package func write(
    to out: inout JSONWriter, streamingTurns turns: (inout JSONWriter) -> Void
  ) {
    write(to: &out, streaming: "turns", turns)
  }
}

/// The form of a thread's files, by which its turns are read whole or by pages (ROLLOUTS.md 3).
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

  /// A turn is running.
  package struct Active: WireObject, Equatable {
    /// What the turn waits for: `waitingOnApproval`, `waitingOnUserInput`, or nothing.
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
  /// The id of the machine.
  package var environmentID = ""
  /// The working directory, absolute.
  package var cwd = ""
  /// The directories that belong to the thread, absolute.
  package var runtimeWorkspaceRoots: [String] = []

  package init() {}

  /// The id of the machine that the server runs on; no other machine is supported.
  package static let local = "local"

  /// Creates the environment of a thread on the server's machine.
  ///
  /// - Parameters:
  ///   - cwd: The working directory, absolute.
  ///   - roots: The directories that belong to the thread, absolute.
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

/// The state of the working directory in Git when the thread was made.
package struct GitInfo: WireObject, Equatable {
  /// The hash of the commit; nil where none is recorded.
  package var sha: String?
  /// The branch; nil where none is recorded.
  package var branch: String?
  /// The URL of the remote `origin`; nil where none is recorded.
  package var originURL: String?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("sha", &sha)
    try field("branch", &branch)
    try field("originUrl", &originURL)
  }
}
