package import JSON
package import System

/// The header of a thread that is made here, with the members that the original gives one
/// (ROLLOUTS.md 4.2).
package struct NewSessionMeta: Sendable {
  /// The id of the thread.
  package let id: UUID
  /// When the thread is made, in ms since 1970.
  package let time: Int64
  /// The working directory, absolute.
  package var cwd = ""
  /// The directories that belong to the thread.
  package var runtimeWorkspaceRoots: [String] = []
  /// The client's name; a fork has its parent's.
  package var originator = ""
  /// The version of this program.
  package var cliVersion = ""
  /// The name of the model's provider.
  package var modelProvider = ""
  /// The purpose that the client gave for the thread; nil where it gave none.
  package var threadSource: String?
  /// The object: see `instructions`.
  package var baseInstructions: RawJSON?
  /// The state of the working directory in Git; nil where it is not in a repository.
  package var git: GitState?
  /// The id of the thread that this one is a fork of; nil for other threads.
  package var forkedFrom: UUID?
  /// The form of the file that it begins.
  package var generation = Generation.legacy
  /// The part of another file that comes before this one; nil where there is none.
  package var historyBase: HistoryBase?
  private var inherited: RecordWriter.Members = []

  /// Creates a header.
  ///
  /// - Parameter time: When the thread is made, in ms since 1970.
  package init(id: UUID, time: Int64) {
    self.id = id
    self.time = time
  }

  /// Of the header's record; nil in threads without ordinals.
  package var ordinal: Int64? { historyBase?.endOrdinal ?? (generation.hasOrdinals ? 0 : nil) }

  /// Base instructions that a client gave, as a header has them.
  package static func instructions(_ text: JSONText) -> RawJSON {
    let custom = RawJSON(WireMap([(name: "type", value: RawJSON("custom"))]))
    return RawJSON(
      WireMap([(name: "text", value: RawJSON(text)), (name: "provenance", value: custom)]))
  }

  /// What a fork takes over from its parent's header beside the instructions: what the model is
  /// told and given anew in each turn, and which no other record tells.
  private static let inheritedNames = [
    "dynamic_tools", "selected_capability_roots", "multi_agent_version",
  ]

  /// Takes over what a fork has from the header of its parent.
  package mutating func inherit(from header: SessionHeader) {
    baseInstructions = header["base_instructions"]
    inherited = Self.inheritedNames.compactMap { name in header[name].map { (name, $0) } }
  }

  /// The members of the header's payload in their order.
  package var members: RecordWriter.Members {
    var members: RecordWriter.Members = [
      ("session_id", RawJSON(id.description)), ("id", RawJSON(id.description)),
    ]
    if let forkedFrom { members.append(("forked_from_id", RawJSON(forkedFrom.description))) }
    if let end = historyBase?.endOrdinal {
      members.append(("forked_from_ordinal_exclusive", RawJSON(end)))
    }
    members += [
      ("timestamp", RawJSON(RFC3339.format(time))), ("cwd", RawJSON(cwd)),
      ("runtime_workspace_roots", RawJSON(runtimeWorkspaceRoots)),
      ("originator", RawJSON(originator)), ("cli_version", RawJSON(cliVersion)),
      ("source", RawJSON("vscode")),
    ]
    if let threadSource { members.append(("thread_source", RawJSON(threadSource))) }
    members.append(("model_provider", RawJSON(modelProvider)))
    if let baseInstructions { members.append(("base_instructions", baseInstructions)) }
    members += inherited
    members.append(("history_mode", RawJSON(generation.historyMode)))
    if let historyBase { members.append(("history_base", historyBase.recorded)) }
    members.append(("context_window", contextWindow))
    if let git { members.append(("git", git.recorded)) }
    return members
  }

  /// The original numbers what the model sees between two compactions as a window; a new thread
  /// begins with a window of its own.
  private var contextWindow: RawJSON {
    RawJSON(WireMap([(name: "window_id", value: RawJSON(id.successor.description))]))
  }
}

extension GitState {
  /// As records have it.
  package var recorded: RawJSON {
    var members: RecordWriter.Members = []
    if let commitHash { members.append(("commit_hash", RawJSON(commitHash))) }
    if let branch { members.append(("branch", RawJSON(branch))) }
    if let repositoryURL { members.append(("repository_url", RawJSON(repositoryURL))) }
    return RawJSON(WireMap(members))
  }

  /// The event that tells it of a paginated thread.
  ///
  /// Behind a second header the original would give its model nothing of what stands before it. Nor
  /// can the event have a type of its own: the original does not count records that it does not
  /// know, and would give the next one the same ordinal. So this is an event that the original
  /// knows and has no use for in a file: a diff, of nothing.
  package func event(of thread: UUID) -> RecordWriter.Members {
    [
      ("type", RawJSON("turn_diff")), ("unified_diff", RawJSON("")),
      ("thread_id", RawJSON(thread.description)), ("reprise_git", recorded),
    ]
  }
}

extension HistoryBase {
  /// As records have it.
  package var recorded: RawJSON {
    var members: RecordWriter.Members = [("thread_id", RawJSON(id.description))]
    if let endOrdinal { members.append(("end_ordinal_exclusive", RawJSON(endOrdinal))) }
    if let endOffset { members.append(("end_byte_offset", RawJSON(Int64(endOffset)))) }
    return RawJSON(WireMap(members))
  }
}
