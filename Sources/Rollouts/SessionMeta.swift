package import JSON
package import Platform

/// The properties of a thread in its first `session_meta` (ROLLOUTS.md 4.2), or in the header of a
/// file of early 2025 (3.1).
///
/// A member that is missing or of a wrong type is nil, and does not affect the others.
package struct SessionMeta: Sendable, Equatable {
  /// The id of the thread.
  package var id: UUID?
  /// The session of the first thread of the family.
  package var sessionID: String?
  /// When the thread was created, in ms since 1970.
  package var createdAt: Int64?
  /// When the record was written, in ms since 1970.
  package var writtenAt: Int64?
  /// The working directory.
  package var cwd: String?
  /// The name of the client that made the thread.
  package var originator: String?
  /// The version of the program that made the thread.
  package var cliVersion: String?
  /// The kind of program that made the thread: a string or an object.
  package var source: RawJSON?
  /// The source if it is a string.
  package var sourceName: String?
  /// The name of the model's provider; never empty.
  package var modelProvider: String?
  /// The state of the working directory in Git.
  package var git: GitState?
  /// The id of the thread that this one is a fork of.
  package var forkedFromID: String?
  /// The ordinal of the first record of a fork that is not its parent's; nil in threads without
  /// ordinals.
  package var forkedFromOrdinal: Int64?
  /// The id of the thread that started this one as its sub-agent.
  package var parentThreadID: String?
  /// The thread that started this one as its sub-agent. This one is archived and deleted together
  /// with it.
  package var spawnedBy: UUID?
  /// The name of the agent for people.
  package var agentNickname: String?
  /// The role of the agent.
  package var agentRole: String?
  /// The purpose that the client gave for the thread.
  package var threadSource: String?
  /// The recorded name of the files' form.
  package var historyMode: String?
  /// The directories that belong to the thread.
  package var workspaceRoots: [String]?
  /// The version of how agents of the thread work together.
  package var multiAgentVersion: String?
  /// The part of another file that comes before this one.
  package var historyBase: HistoryBase?
  /// The ordinal of the thread's first own record, if the file begins with a copy of its parent's
  /// conversation.
  package var ownStartOrdinal: Int64?
  /// Whether the record has no envelope, as in early 2025.
  package var isBare = false
  /// The ordinal of the header's record; nil in threads without ordinals.
  package var ordinal: Int64?
  /// The offset of the header's record, in bytes from the start of its file.
  package var offset = 0

  /// Whether the records of the file have ordinals.
  package var hasOrdinal: Bool { ordinal != nil }

  package init() {}
}

/// The state of the working directory in Git.
package struct GitState: Sendable, Equatable {
  /// The hash of the commit; nil where none is recorded.
  package var commitHash: String?
  /// The branch; nil where none is recorded.
  package var branch: String?
  /// The URL of the repository; nil where none is recorded.
  package var repositoryURL: String?

  /// Creates a state; what is not given is nil.
  package init(commitHash: String? = nil, branch: String? = nil, repositoryURL: String? = nil) {
    self.commitHash = commitHash
    self.branch = branch
    self.repositoryURL = repositoryURL
  }

  /// Whether no member is recorded.
  package var isEmpty: Bool { self == GitState() }
}

/// The part of another file that precedes a file (ROLLOUTS.md 3.4).
package struct HistoryBase: Sendable, Hashable {
  /// The last id in the name of the other file, which is not always that of a thread.
  package var id: UUID
  /// The ordinal behind the last record that belongs; nil where none is recorded.
  package var endOrdinal: Int64?
  /// The end of the part, in bytes of the other file; nil where none is recorded.
  package var endOffset: Int?

  /// Creates a base; its end is given by an ordinal, an offset or both.
  package init(id: UUID, endOrdinal: Int64?, endOffset: Int?) {
    self.id = id
    self.endOrdinal = endOrdinal
    self.endOffset = endOffset
  }
}

extension SessionMeta {
  /// Reads a header from its record.
  package init(_ record: Record) {
    let payload = record.payload
    id = payload.string("id").flatMap { try? UUID($0) }
    sessionID = payload.string("session_id")
    createdAt = payload["timestamp"]?.timestamp
    writtenAt = record.root["timestamp"]?.timestamp
    cwd = payload.string("cwd")
    originator = payload.string("originator")
    cliVersion = payload.string("cli_version")
    source = payload.present("source").map { RawJSON($0) }
    sourceName = payload.string("source")
    modelProvider = payload.string("model_provider").flatMap { $0.isEmpty ? nil : $0 }
    git = payload.present("git").flatMap(GitState.init)
    forkedFromID = payload.string("forked_from_id")
    forkedFromOrdinal = payload["forked_from_ordinal_exclusive"]?.asWholeNumber
    threadSource = payload.string("thread_source")
    historyMode = payload.string("history_mode")
    workspaceRoots = payload.strings("runtime_workspace_roots")
    multiAgentVersion = payload.string("multi_agent_version")
    historyBase = payload.present("history_base").flatMap(HistoryBase.init)
    ownStartOrdinal = payload["subagent_history_start_ordinal"]?.asWholeNumber
    isBare = record.isBare
    ordinal = record.ordinal
    offset = record.location.offset
    readAgent(payload)
  }

  /// Reads the properties of a sub-agent's thread, which are in two places, by version.
  private mutating func readAgent(_ payload: JSONValue) {
    let spawn = payload["source"]?["subagent"]?["thread_spawn"]
    let spawner = spawn?.string("parent_thread_id")
    parentThreadID = payload.string("parent_thread_id") ?? spawner
    spawnedBy = spawner.flatMap { try? UUID($0) }
    agentNickname = payload.string("agent_nickname") ?? spawn?.string("agent_nickname")
    agentRole =
      payload.string("agent_role") ?? payload.string("agent_type")
      ?? spawn?.string("agent_role") ?? spawn?.string("agent_type")
  }
}

extension GitState {
  /// Reads a state in the form of records; nil where it is not an object.
  package init?(_ json: JSONValue) {
    guard json.kind == .object else { return nil }
    commitHash = json.string("commit_hash")
    branch = json.string("branch")
    repositoryURL = json.string("repository_url") ?? json.string("repo")
  }
}

extension HistoryBase {
  init?(_ json: JSONValue) {
    guard let text = json.string("thread_id"), let id = try? UUID(text) else { return nil }
    self.id = id
    endOrdinal = json["end_ordinal_exclusive"]?.asWholeNumber
    endOffset = json["end_byte_offset"]?.asWholeNumber.map { Int($0) }
  }
}

extension JSONValue {
  /// The time in a value of a record, in ms since 1970; nil where it is not a time.
  ///
  /// It is usually a text; some converters write a number, in seconds if it is below 10¹¹
  /// (ROLLOUTS.md 5).
  package var timestamp: Int64? {
    if kind == .string { return asString.flatMap(RFC3339.parse) }
    guard let number = asDouble else { return nil }
    return Int64(exactly: (number < 1e11 ? number * 1000 : number).rounded())
  }
}
