import JSON
import Platform
import Protocol
import Rollouts

extension ThreadItem.CommandExecution: ItemKind {
  static var events: [EventKind] { [.execCommandEnd] }
  static var completedTypes: [String] { ["CommandExecution"] }
  static var callItems: [ResponseItemKind] { [.localShellCall] }

  static func effect(ofTool name: String) -> ToolEffect? {
    switch name {
    case "shell", "container.exec", "local_shell", "shell_command": .item
    case sessionTool: .startsSession
    case "write_stdin": .continuesSession
    default: nil
    }
  }

  /// The tool whose commands may still run after their outputs.
  private static let sessionTool = "exec_command"

  /// Input for a running command is not a command.
  static func isShown(_ source: JSONValue) -> Bool {
    source["source"]?.textEquals("unified_exec_interaction") != true
  }

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    .commandExecution(Self(payload, id: id))
  }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    .commandExecution(Self(item, id: id))
  }

  static func item(_ call: ToolCall, _ output: ToolOutput?) -> ThreadItem? {
    let arguments = call.payload["action"] ?? call.arguments
    let directory = call.workingDirectory(arguments)
    switch ParsedCommand(arguments) {
    case .patch(let applied):
      return ThreadItem.FileChange.item(applied, in: directory, call, output)
    case .text(let command):
      return .commandExecution(Self(command, in: directory, call, output))
    }
  }

  /// Creates an item from a call.
  private init(
    _ command: String, in directory: RecordedPath, _ call: ToolCall, _ output: ToolOutput?
  ) {
    self.init()
    id = call.id
    self.command = command
    commandActions = [.unknown(command)]
    cwd = directory.text
    source = call.name == Self.sessionTool ? .unifiedExecStartup : .agent
    status = call.isFollowed ? .completed : .failed
    if let output { apply(CommandOutput(output)) }
  }

  /// Creates an item from an event or a completed item, which have equal members.
  private init(_ source: JSONValue, id: String) {
    self.init()
    self.id = id
    pluginID = source.string("plugin_id")
    scriptPath = source.string("script_path")
    command = ParsedCommand.text(source["command"])
    cwd = source.path("cwd")
    processID = source.string("process_id")
    self.source = source.name("source") ?? .agent
    let directory = RecordedPath(cwd)
    commandActions = (source["parsed_cmd"]?.elements ?? []).map { CommandAction($0, in: directory) }
    exitCode = source["exit_code"]?.integer(as: Int32.self)
    status = source.name("status") ?? ((exitCode ?? 0) == 0 ? .completed : .failed)
    aggregatedOutput = JSONText(source["aggregated_output"]).flatMap { $0.isEmpty ? nil : $0 }
    durationMs = source.milliseconds("duration")
  }

  /// Takes over the result of the command from its output.
  mutating func apply(_ output: CommandOutput) {
    exitCode = output.exitCode
    durationMs = output.durationMs ?? durationMs
    aggregatedOutput = output.text.isEmpty ? nil : output.text
    processID = output.sessionID.map { String($0) } ?? processID
    status = output.isDeclined ? .declined : output.isCompleted ? .completed : .failed
  }

  var searchedTexts: [String] { [command] + [aggregatedOutput].compactMap { $0?.string } }
}

/// A command of a call, given as the words of a program or as a script for a shell.
enum ParsedCommand {
  /// A command that applies a patch and does nothing else.
  case patch(PatchText.Applied)
  /// Any other command, as a script for a shell.
  case text(String)

  /// Reads the command in the arguments of a call: `command` or `cmd`, by the tool and its version.
  init(_ arguments: JSONValue?) {
    let command = arguments?.present("command") ?? arguments?.present("cmd")
    if let command, command.kind == .array {
      self.init(words: command.strings)
    } else {
      self.init(script: command)
    }
  }

  private init(words: [String]) {
    if let patch = PatchText.applied(by: words) {
      self = .patch(patch)
    } else {
      self = .text(ShellWords.joined(words))
    }
  }

  private init(script: JSONValue?) {
    let text = script?.asString ?? ""
    if script?.text.contains("*** Begin Patch") == true,
      let patch = PatchText.applied(byScript: text)
    {
      self = .patch(patch)
    } else {
      self = .text(text)
    }
  }

  /// The script for a recorded command: a text as it is, and words joined so that a shell splits
  /// them again.
  static func text(_ command: JSONValue?) -> String {
    command?.asString ?? ShellWords.joined(command?.strings ?? [])
  }
}

extension CommandAction {
  fileprivate init(_ action: JSONValue, in directory: RecordedPath) {
    let command = action.string("cmd") ?? ""
    switch action.string("type") {
    case "read":
      var read = Read()
      read.command = command
      read.name = action.string("name") ?? ""
      read.path = RecordedPath(action.string("path") ?? "").against(directory).text
      self = .read(read)
    case "list_files":
      var list = ListFiles()
      list.command = command
      list.path = action.string("path")
      self = .listFiles(list)
    case "search":
      var search = Search()
      search.command = command
      search.query = action.string("query")
      search.path = action.string("path")
      self = .search(search)
    default: self = .unknown(command)
    }
  }

  fileprivate static func unknown(_ command: String) -> CommandAction {
    var unknown = Unknown()
    unknown.command = command
    return .unknown(unknown)
  }
}
