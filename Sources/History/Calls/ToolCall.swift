import JSON
import Platform
import Rollouts

/// A call of a tool by the model, from which an item is made where no event reports the call
/// (HISTORY.md 5).
struct ToolCall {
  /// The kind of response item that holds the call.
  enum Source {
    /// A function, or a tool that a code cell calls.
    case tool
    /// A tool whose input is a text.
    case customTool
    /// A call that has a type of response item of its own.
    case item(ResponseItemKind)
  }

  /// The origin of the call.
  let source: Source
  /// The id of the call's item.
  let id: String
  /// The response item, or the argument of a call in a code cell.
  let payload: JSONValue
  /// The name of the tool, empty where the call has none.
  var name = ""
  /// The namespace of the tool; nil where the call has none.
  var namespace: String?
  /// The parsed arguments; nil where they are not JSON.
  var arguments: JSONValue?
  /// The unparsed arguments, or the text that a custom tool gets.
  var input: JSONValue?
  /// The directory against which relative paths are resolved.
  let directory: RecordedPath
  /// The id of the thread.
  let threadID: String
  /// Whether the code of a cell makes the call.
  var isInCell = false
  /// Whether the cell makes another call after this call. The cell's output is then that of its last
  /// call.
  var isFollowed = false

  /// The arguments, or the text in their place, for the wire.
  var rawArguments: RawJSON { (arguments ?? input).map { RawJSON($0) } ?? .null }

  /// The working directory of the call, which its arguments may name.
  func workingDirectory(_ arguments: JSONValue?) -> RecordedPath {
    let own = arguments?.string("workdir") ?? arguments?.string("working_directory") ?? ""
    return RecordedPath(own).against(directory)
  }

  /// The path in an argument, resolved against the directory.
  func path(_ key: StaticString) -> String {
    RecordedPath(arguments?.string(key) ?? "").against(directory).text
  }
}

extension ToolCall {
  /// Creates a call from a response item.
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

// Properties that depend on code cells (HISTORY.md 5.1).
extension ToolCall {
  /// Whether the call runs code.
  var isCell: Bool {
    if case .customTool = source { name == ToolName.codeCell } else { false }
  }

  /// The output of the tool without a header.
  func text(of output: ToolOutput) -> JSONText {
    if isInCell { return CommandOutput(output).text }
    if output.cell != nil { return output.text }
    let header = OutputHeader(output.text.escaped[...])
    return header.map { JSONText(alreadyEscaped: $0.body) } ?? output.text
  }

  /// How long the call took, in ms; nil where the output does not contain it.
  func durationMs(by output: ToolOutput) -> Int64? {
    if isInCell { return CommandOutput(output).durationMs }
    return output.cell?.durationMs ?? OutputHeader(output.text.escaped[...])?.durationMs
  }
}
