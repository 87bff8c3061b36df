import JSON
import Protocol
import Rollouts
import System

extension ThreadItem.CommandExecution: ItemKind {
  static var events: [EventKind] { [.execCommandEnd] }
  static var completedTypes: [String] { ["CommandExecution"] }
  static var callItems: [ResponseItemKind] { [.localShellCall] }

  static var tools: [Tool] {
    [
      Tool("shell"), Tool("container.exec"), Tool("local_shell"), Tool("shell_command"),
      Tool(sessionTool, .startsSession), Tool("write_stdin", .continuesSession),
    ]
  }

  /// The tool whose commands may go on behind their outputs.
  private static let sessionTool = "exec_command"

  /// What is typed into a command that runs is no command.
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
    let given = CommandText(arguments)
    if let applied = given.patch {
      return ThreadItem.FileChange.item(applied, in: call.workingDirectory(arguments), call, output)
    }
    var item = Self()
    item.id = call.id
    item.command = given.text
    item.commandActions = [.unknown(given.text)]
    item.cwd = call.workingDirectory(arguments).text
    item.source = call.name == sessionTool ? .unifiedExecStartup : .agent
    item.status = call.isFollowed ? .completed : .failed
    if let output { item.apply(CommandOutput(output)) }
    return .commandExecution(item)
  }

  /// An event and a completed item have the same members.
  private init(_ source: JSONValue, id: String) {
    self.init()
    self.id = id
    pluginID = source.string("plugin_id")
    scriptPath = source.string("script_path")
    command = CommandText(words: source["command"]).text
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

  /// Takes over what an output says of the command.
  mutating func apply(_ output: CommandOutput) {
    exitCode = output.exitCode
    durationMs = output.durationMs ?? durationMs
    aggregatedOutput = output.text.isEmpty ? nil : output.text
    processID = output.sessionID.map { String($0) } ?? processID
    status = output.isDeclined ? .declined : output.isCompleted ? .completed : .failed
  }

  var searchedTexts: [String] { [command] + [aggregatedOutput].compactMap { $0?.string } }
}

/// What a command is given as: words that a program gets, or a text that a shell reads.
struct CommandText {
  /// As a shell reads it.
  let text: String
  /// The patch that running it applies, and where; nil where it does anything else, or more.
  let patch: PatchText.Applied?

  /// - Parameter words: A list of words, or the text itself.
  init(words: JSONValue?) {
    text = words?.asString ?? ShellWords.joined(words?.strings ?? [])
    patch = nil
  }

  /// The command of a call: `command` or `cmd`, by the tool and its version, either as words or as a
  /// text.
  init(_ arguments: JSONValue?) {
    let command = arguments?.present("command") ?? arguments?.present("cmd")
    guard let command, command.kind == .array else {
      text = command?.asString ?? ""
      let mayBePatch = command?.text.contains("*** Begin Patch") ?? false
      patch = mayBePatch ? PatchText.applied(byScript: text) : nil
      return
    }
    let words = command.strings
    text = ShellWords.joined(words)
    patch = PatchText.applied(by: words)
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
