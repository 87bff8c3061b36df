import JSON
import Protocol
import Rollouts
import System

/// A call as the model made it, to be shown where no event tells more (HISTORY.md 5).
struct ToolCall {
  let payload: JSONValue
  let id: String
  /// What relative paths count from.
  let directory: String
  let threadID: String

  init(_ payload: JSONValue, id: String, directory: String, threadID: String) {
    self.payload = payload
    self.id = id
    self.directory = directory
    self.threadID = threadID
  }

  /// - Parameter output: Nil where none was recorded.
  func item(_ output: ToolOutput?) -> ThreadItem? {
    switch payload.string("type") {
    case "local_shell_call": return localShell(output)
    case "web_search_call": return .webSearch(webSearch)
    case "image_generation_call": return .imageGeneration(imageGeneration(payload, id: id))
    case "custom_tool_call": return customTool(output)
    default:
      // The arguments are JSON in a string; what is none is passed on as the string.
      return withNestedJSON(payload["arguments"]) { function(output, $0) }
        ?? function(output, nil)
    }
  }

  private var webSearch: ThreadItem.WebSearch {
    var item = ThreadItem.WebSearch()
    item.id = id
    guard let action = payload.present("action") else { return item }
    item.action = WebSearchAction(action)
    let query = action.present("query") ?? action["queries"]?.elements.first
    item.query = (query ?? action.present("url"))?.asString ?? ""
    return item
  }

  private func customTool(_ output: ToolOutput?) -> ThreadItem {
    let input = payload["input"] ?? payload["arguments"]
    if payload.string("name") == "apply_patch", let text = input?.asString,
      let patch = PatchText(text)
    {
      return .fileChange(fileChange(patch, in: directory, output))
    }
    return .mcpToolCall(
      otherTool(input.map { RawJSON($0) } ?? .null, output))
  }

  private func function(_ output: ToolOutput?, _ arguments: JSONValue?) -> ThreadItem? {
    let name = payload.string("name") ?? ""
    switch name {
    case "shell", "container.exec", "local_shell":
      return shell(strings(arguments?["command"]), arguments, output)
    case "shell_command": return script(arguments?["command"], arguments, output)
    case "exec_command": return script(arguments?["cmd"], arguments, output)
    case "apply_patch":
      guard let text = arguments?.string("input"), let patch = PatchText(text) else { break }
      return .fileChange(fileChange(patch, in: directory, output))
    case "view_image":
      return .imageView(
        ThreadItem.ImageView(
          id: id, path: absolute(arguments?.string("path") ?? "", in: directory)))
    case "update_plan": return .plan(ThreadItem.Plan(id: id, text: planText(arguments)))
    default: break
    }
    if let tool = Self.collabTools[name] {
      return .collabAgentToolCall(
        collabAgentToolCall(
          tool, arguments: arguments, output: output, id: id, sender: threadID))
    }
    let raw = arguments.map { RawJSON($0) } ?? payload["arguments"].map { RawJSON($0) } ?? .null
    return .mcpToolCall(otherTool(raw, output))
  }

  private static let collabTools: [String: CollabAgentTool] = [
    "spawn_agent": .spawnAgent, "send_input": .sendInput, "wait": .wait, "wait_agent": .wait,
    "close_agent": .closeAgent, "resume_agent": .resumeAgent,
  ]
}

// Commands.
extension ToolCall {
  private func localShell(_ output: ToolOutput?) -> ThreadItem {
    let action = payload["action"]
    return shell(strings(action?["command"]), action, output)
  }

  private func shell(
    _ words: [String], _ arguments: JSONValue?, _ output: ToolOutput?
  ) -> ThreadItem {
    if let applied = PatchText.applied(by: words) {
      return .fileChange(fileChange(applied, arguments, output))
    }
    return .commandExecution(command(shellCommand(words), arguments, output))
  }

  private func script(
    _ script: JSONValue?, _ arguments: JSONValue?, _ output: ToolOutput?
  ) -> ThreadItem {
    if let script, script.text.contains("*** Begin Patch"), let text = script.asString,
      let applied = PatchText.applied(byScript: text)
    {
      return .fileChange(fileChange(applied, arguments, output))
    }
    return .commandExecution(command(script?.asString ?? "", arguments, output))
  }

  private func command(
    _ command: String, _ arguments: JSONValue?, _ output: ToolOutput?
  ) -> ThreadItem.CommandExecution {
    var item = ThreadItem.CommandExecution()
    item.id = id
    item.command = command
    item.commandActions = [.unknown(command)]
    item.cwd = workingDirectory(arguments)
    item.source = payload.string("name") == "exec_command" ? .unifiedExecStartup : .agent
    item.status = .failed
    if let output { item.apply(CommandOutput(output.text)) }
    return item
  }

  private func workingDirectory(_ arguments: JSONValue?) -> String {
    let own = arguments?.string("workdir") ?? arguments?.string("working_directory") ?? ""
    return absolute(own, in: directory)
  }
}

// Patches, plans, other tools.
extension ToolCall {
  private func fileChange(
    _ applied: (patch: PatchText, directory: String?), _ arguments: JSONValue?,
    _ output: ToolOutput?
  ) -> ThreadItem.FileChange {
    let base = workingDirectory(arguments)
    return fileChange(
      applied.patch, in: applied.directory.map { absolute($0, in: base) } ?? base, output)
  }

  private func fileChange(
    _ patch: PatchText, in directory: String, _ output: ToolOutput?
  ) -> ThreadItem.FileChange {
    let changes = patch.changes.map { change -> FileUpdateChange in
      let path = absolute(change.path, in: directory)
      switch change.kind {
      case .add: return FileUpdateChange(path: path, kind: .add, diff: JSONText(change.diff))
      case .delete: return FileUpdateChange(path: path, kind: .delete, diff: "")
      case .update(let target):
        return FileUpdateChange(
          path: path, update: JSONText(change.diff),
          movedTo: target.map { absolute($0, in: directory) })
      }
    }
    return ThreadItem.FileChange(id: id, changes: changes, status: patchStatus(output))
  }

  private func patchStatus(_ output: ToolOutput?) -> PatchApplyStatus {
    guard let output else { return .failed }
    let result = CommandOutput(output.text)
    if result.isDeclined { return .declined }
    return result.exitCode == 0 || output.text.contains("Success. Updated") ? .completed : .failed
  }

  /// A Markdown list, after the explanation.
  private func planText(_ arguments: JSONValue?) -> JSONText {
    let steps = (arguments?["plan"]?.elements ?? []).map { step in
      let mark =
        switch step.string("status") {
        case "completed": "x"
        case "in_progress": "~"
        default: " "
        }
      return "- [\(mark)] \(step.string("step") ?? "")"
    }
    let list = steps.joined(separator: "\n")
    guard let explanation = arguments?.string("explanation")?.trimmed, !explanation.isEmpty else {
      return JSONText(list)
    }
    return JSONText(explanation + "\n\n" + list)
  }

  /// A tool of a server, or any other: shown as a kind that every client knows.
  private func otherTool(_ arguments: RawJSON, _ output: ToolOutput?) -> ThreadItem.McpToolCall {
    var item = ThreadItem.McpToolCall()
    item.id = id
    (item.server, item.tool) = serverAndTool
    item.arguments = arguments
    guard let output else {
      item.status = .failed
      return item
    }
    let header = OutputHeader(output.text.escaped[...])
    let text = header.map { JSONText(alreadyEscaped: $0.body) } ?? output.text
    item.durationMs = header?.durationMs
    item.status = output.isAccepted ? .completed : .failed
    item.result = McpToolCallResult(content: resultContent(text))
    return item
  }

  private var serverAndTool: (server: String, tool: String) {
    let name = payload.string("name") ?? ""
    if let namespace = payload.string("namespace"), !namespace.isEmpty {
      return (namespace.hasPrefix("mcp__") ? String(namespace.dropFirst(5)) : namespace, name)
    }
    let rest = name.hasPrefix("mcp__") ? Array(name.utf8.dropFirst(5)) : []
    if let end = rest.firstIndex(of: Array("__".utf8)), end > 0 {
      return (
        String(decoding: rest[..<end], as: UTF8.self),
        String(decoding: rest[(end + 2)...], as: UTF8.self)
      )
    }
    return ("codex", name)
  }

  /// A JSON array of typed parts is the content; any other text is one part of it.
  private func resultContent(_ text: JSONText) -> [RawJSON] {
    if text.begins(with: "["),
      let parts = withParsed(
        Array(text.string.utf8),
        { json -> [RawJSON]? in
          guard json.elements.allSatisfy({ $0.string("type") != nil }) else { return nil }
          return json.elements.map { RawJSON($0) }
        })
    {
      return parts
    }
    return [
      RawJSON(
        WireMap([(name: "type", value: RawJSON("text")), (name: "text", value: RawJSON(text))]))
    ]
  }
}

extension ThreadItem.CommandExecution {
  /// Takes over what an output says of the command.
  mutating func apply(_ output: CommandOutput) {
    exitCode = output.exitCode
    durationMs = output.durationMs ?? durationMs
    aggregatedOutput = output.text.isEmpty ? nil : output.text
    processID = output.sessionID.map { String($0) } ?? processID
    status = output.isDeclined ? .declined : output.isCompleted ? .completed : .failed
  }
}
