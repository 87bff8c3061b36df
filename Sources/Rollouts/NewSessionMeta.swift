package import JSON
package import System

/// The header of a thread that is made here (ROLLOUTS.md 4.2).
package struct NewSessionMeta: Sendable {
  package let id: UUID
  /// When the thread is made, in ms since 1970.
  package let time: Int64
  package var cwd = ""
  /// The client's name.
  package var originator = ""
  package var cliVersion = ""
  package var modelProvider = ""
  package var threadSource: String?
  /// The object: see `instructions`.
  package var baseInstructions: RawJSON?
  package var git: GitState?
  package var forkedFrom: UUID?
  package var isPaginated = false
  package var historyBase: HistoryBase?

  package init(id: UUID, time: Int64) {
    self.id = id
    self.time = time
  }

  /// Base instructions as a header has them.
  package static func instructions(_ text: JSONText) -> RawJSON {
    RawJSON(WireMap([(name: "text", value: RawJSON(text))]))
  }

  package var members: RecordWriter.Members {
    var members: RecordWriter.Members = [("id", RawJSON(id.description))]
    if let forkedFrom { members.append(("forked_from_id", RawJSON(forkedFrom.description))) }
    if let end = historyBase?.endOrdinal {
      members.append(("forked_from_ordinal_exclusive", RawJSON(end)))
    }
    members += [
      ("timestamp", RawJSON(RFC3339.format(time))), ("cwd", RawJSON(cwd)),
      ("originator", RawJSON(originator)), ("cli_version", RawJSON(cliVersion)),
      ("source", RawJSON("vscode")),
    ]
    if let threadSource { members.append(("thread_source", RawJSON(threadSource))) }
    members.append(("model_provider", RawJSON(modelProvider)))
    if let baseInstructions { members.append(("base_instructions", baseInstructions)) }
    if let git { members.append(("git", git.recorded)) }
    if isPaginated { members.append(("history_mode", RawJSON("paginated"))) }
    if let historyBase { members.append(("history_base", historyBase.recorded)) }
    return members
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
