package import JSON

extension ThreadItem {
  /// A command that ran.
  package struct CommandExecution: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// The plugin that the command belongs to; nil where there is none.
    package var pluginID: String?
    /// The script that the command belongs to; nil where there is none.
    package var scriptPath: String?
    /// The command as a script for a shell.
    package var command = ""
    /// The working directory.
    package var cwd = ""
    /// The session of a command that accepts further input; nil where there is none.
    package var processID: String?
    /// Who ran the command, and how.
    package var source = CommandExecutionSource.agent
    /// How far the command got.
    package var status = CommandExecutionStatus.inProgress
    /// What the parts of the command do.
    package var commandActions: [CommandAction] = []
    /// The standard output and error in the order of their arrival; null where there is none.
    package var aggregatedOutput: JSONText?
    /// The exit code; null until the command ends, and where none is recorded.
    package var exitCode: Int32?
    /// How long it took, in ms; nil where that is not recorded.
    package var durationMs: Int64?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("pluginId", &pluginID)
      try field("scriptPath", &scriptPath)
      try field("command", &command)
      try field("cwd", &cwd)
      try field("processId", &processID)
      try field("source", &source, .defaulted)
      try field("status", &status)
      try field("commandActions", &commandActions)
      try field("aggregatedOutput", &aggregatedOutput)
      try field("exitCode", &exitCode)
      try field("durationMs", &durationMs)
    }
  }

  /// A patch that changes files.
  package struct FileChange: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// The changes in the order of their paths.
    package var changes: [FileUpdateChange] = []
    /// How far the patch got.
    package var status = PatchApplyStatus.inProgress

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("changes", &changes)
      try field("status", &status)
    }
  }
}

/// Who ran a command, and how.
package enum CommandExecutionSource: String, WireEnum {
  case agent
  case userShell
  case unifiedExecStartup
  case unifiedExecInteraction
}

/// How far a command got.
package enum CommandExecutionStatus: String, WireEnum {
  case inProgress
  case completed
  case failed
  case declined
}

/// The action of a part of a command.
package enum CommandAction: WireUnion, Equatable {
  case read(Read)
  case listFiles(ListFiles)
  case search(Search)
  case unknown(Unknown)

  /// Shows a file.
  package struct Read: WireObject, Equatable {
    /// The part of the command.
    package var command = ""
    /// The name of the file.
    package var name = ""
    /// The path of the file, absolute.
    package var path = ""

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("command", &command)
      try field("name", &name)
      try field("path", &path)
    }
  }

  /// Lists files.
  package struct ListFiles: WireObject, Equatable {
    /// The part of the command.
    package var command = ""
    /// The directory as recorded; nil where none is recorded.
    package var path: String?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("command", &command)
      try field("path", &path)
    }
  }

  /// Searches in files.
  package struct Search: WireObject, Equatable {
    /// The part of the command.
    package var command = ""
    /// What is searched for; nil where none is recorded.
    package var query: String?
    /// The file or directory as recorded; nil where none is recorded.
    package var path: String?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("command", &command)
      try field("query", &query)
      try field("path", &path)
    }
  }

  /// Does anything else.
  package struct Unknown: WireObject, Equatable {
    /// The part of the command.
    package var command = ""

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("command", &command)
    }
  }

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("read", Self.read)
    try variant("listFiles", Self.listFiles)
    try variant("search", Self.search)
    try variant("unknown", Self.unknown)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .read(let action): variant("read", action)
    case .listFiles(let action): variant("listFiles", action)
    case .search(let action): variant("search", action)
    case .unknown(let action): variant("unknown", action)
    }
  }
}

/// The change of one file by a patch.
package struct FileUpdateChange: WireObject, Equatable {
  /// The path of the file before the change.
  package var path = ""
  /// What happened to the file.
  package var kind = PatchChangeKind.add
  /// The content of an added or deleted file, or the hunks of an updated one.
  package var diff = JSONText()

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("path", &path)
    try field("kind", &kind)
    try field("diff", &diff)
  }
}

/// How far a patch got.
package enum PatchApplyStatus: String, WireEnum {
  case inProgress
  case completed
  case failed
  case declined
}

/// The kind of change of a file.
package enum PatchChangeKind: WireUnion, Equatable {
  case add
  case delete
  case update(Update)

  /// An existing file is changed.
  package struct Update: WireObject, Equatable {
    /// The new path of the file; null where it was not moved.
    package var movePath: String?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("move_path", &movePath)
    }
  }

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("add", .add)
    try variant("delete", .delete)
    try variant("update", Self.update)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .add: variant("add")
    case .delete: variant("delete")
    case .update(let update): variant("update", update)
    }
  }
}
