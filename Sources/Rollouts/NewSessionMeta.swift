package import JSON
package import Platform

/// The header of a new thread, with the members that the original writes (ROLLOUTS.md 4.2).
package struct NewSessionMeta: Sendable {
  /// The id of the thread.
  package let id: UUID
  /// When the thread is made, in ms since 1970.
  package let time: Int64
  /// The working directory, absolute.
  package var cwd = ""
  /// The directories that belong to the thread, absolute.
  package var runtimeWorkspaceRoots: [String] = []
  /// The name of the client; in a fork that of the parent's client.
  package var originator = ""
  /// The version of this program.
  package var cliVersion = ""
  /// The name of the model's provider.
  package var modelProvider = ""
  /// The purpose that the client gave for the thread; nil where it gave none.
  package var threadSource: String?
  /// The base instructions as an object (see `instructions`); nil for none.
  package var baseInstructions: RawJSON?
  /// The state of the working directory in Git; nil where it is not in a repository.
  package var git: GitState?
  /// The id of the thread that this one is a fork of; nil for other threads.
  package var forkedFrom: UUID?
  /// The form of the file.
  package var generation = Generation.legacy
  /// The part of another file that comes before this one; nil where there is none.
  package var historyBase: HistoryBase?
  private var inherited: RecordWriter.Members = []
  /// What is left out of very long texts that were inherited, and has to be filled in where the
  /// header is written.
  package private(set) var gaps: [FileGap] = []

  /// Creates a header.
  ///
  /// - Parameter time: When the thread is made, in ms since 1970.
  package init(id: UUID, time: Int64) {
    self.id = id
    self.time = time
  }

  /// The ordinal of the header's record; nil in threads without ordinals.
  package var ordinal: Int64? { historyBase?.endOrdinal ?? (generation.hasOrdinals ? 0 : nil) }

  /// Base instructions of a client, in the form that headers have.
  package static func instructions(_ text: JSONText) -> RawJSON {
    let custom = RawJSON(WireMap([(name: "type", value: RawJSON("custom"))]))
    return RawJSON(
      WireMap([(name: "text", value: RawJSON(text)), (name: "provenance", value: custom)]))
  }

  /// The members that a fork inherits from its parent's header beside the instructions: what the
  /// model gets anew in each turn and no other record holds.
  private static let inheritedNames = [
    "dynamic_tools", "selected_capability_roots", "multi_agent_version",
  ]

  /// Inherits members from the header of the fork's parent.
  package mutating func inherit(from header: SessionHeader) {
    gaps = header.gaps
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

  /// The context window of the thread. The original gives an id to what the model sees between two
  /// compactions, and a new thread begins with a window of its own.
  private var contextWindow: RawJSON {
    RawJSON(WireMap([(name: "window_id", value: RawJSON(id.successor.description))]))
  }
}

extension GitState {
  /// The state in the form of records.
  package var recorded: RawJSON {
    var members: RecordWriter.Members = []
    if let commitHash { members.append(("commit_hash", RawJSON(commitHash))) }
    if let branch { members.append(("branch", RawJSON(branch))) }
    if let repositoryURL { members.append(("repository_url", RawJSON(repositoryURL))) }
    return RawJSON(WireMap(members))
  }

  /// The event that holds the state in a paginated thread.
  ///
  /// Behind a second header the original would withhold all earlier records from its model. It also
  /// ignores records of unknown types when it counts ordinals, and would reuse theirs. So the event
  /// has a type that the original knows but does not read from files: an empty diff.
  package func event(of thread: UUID) -> RecordWriter.Members {
    [
      ("type", RawJSON("turn_diff")), ("unified_diff", RawJSON("")),
      ("thread_id", RawJSON(thread.description)), ("reprise_git", recorded),
    ]
  }
}

extension HistoryBase {
  /// The base in the form of records.
  package var recorded: RawJSON {
    var members: RecordWriter.Members = [("thread_id", RawJSON(id.description))]
    if let endOrdinal { members.append(("end_ordinal_exclusive", RawJSON(endOrdinal))) }
    if let endOffset { members.append(("end_byte_offset", RawJSON(Int64(endOffset)))) }
    return RawJSON(WireMap(members))
  }
}
