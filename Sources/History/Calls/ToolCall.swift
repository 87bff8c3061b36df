import JSON
import Rollouts
import System

/// A call as the model made it, to be shown where no event tells more (HISTORY.md 5).
struct ToolCall {
  /// Which kind of response item it is.
  enum Source {
    /// A function or, in a code cell, a tool by its name.
    case tool
    /// A tool that takes a text.
    case customTool
    /// A kind of call that has a response item of its own.
    case item(ResponseItemKind)
  }

  let source: Source
  /// What the call's item is called.
  let id: String
  /// The response item that it stands in.
  let payload: JSONValue
  var name = ""
  var namespace: String?
  /// Nil where they are no JSON.
  var arguments: JSONValue?
  /// The text that a custom tool gets.
  var input: JSONValue?
  /// What relative paths count from.
  let directory: RecordedPath
  let threadID: String
  /// Whether the code of a cell makes the call.
  var isInCell = false
  /// Whether it is a call in a cell that others follow: the output is that of the last one.
  var isFollowed = false

  /// The arguments, or the text in their place, as they go out.
  var rawArguments: RawJSON { (arguments ?? input).map { RawJSON($0) } ?? .null }

  /// Where the call works by its arguments.
  func workingDirectory(_ arguments: JSONValue?) -> RecordedPath {
    let own = arguments?.string("workdir") ?? arguments?.string("working_directory") ?? ""
    return RecordedPath(own).against(directory)
  }

  /// The path that an argument names, against the directory.
  func path(_ key: StaticString) -> String {
    RecordedPath(arguments?.string(key) ?? "").against(directory).text
  }
}

extension ToolCall {
  /// A call that is a response item.
  init(
    _ kind: ResponseItemKind, _ payload: JSONValue, id: String, directory: String, threadID: String
  ) {
    source =
      switch kind {
      case .functionCall: .tool
      case .customToolCall: .customTool
      default: .item(kind)
      }
    self.id = id
    self.payload = payload
    self.directory = RecordedPath(directory)
    self.threadID = threadID
    name = payload.string("name") ?? ""
    namespace = payload.string("namespace")
    input = payload["input"] ?? payload["arguments"]
  }
}

// What depends on whether the call runs code, or code makes it (HISTORY.md 5.1).
extension ToolCall {
  /// Whether it runs code.
  var isCell: Bool {
    if case .customTool = source { name == ToolName.codeCell } else { false }
  }

  /// What the tool said: the output without a header.
  func text(of output: ToolOutput) -> JSONText {
    if isInCell { return CommandOutput(output).text }
    if output.cell != nil { return output.text }
    let header = OutputHeader(output.text.escaped[...])
    return header.map { JSONText(alreadyEscaped: $0.body) } ?? output.text
  }

  /// How long the call took; nil where nothing tells.
  func durationMs(by output: ToolOutput) -> Int64? {
    if isInCell { return CommandOutput(output).durationMs }
    return output.cell?.durationMs ?? OutputHeader(output.text.escaped[...])?.durationMs
  }
}
