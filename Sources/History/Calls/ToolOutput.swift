import JSON

/// The output of a tool, in any of the forms that versions recorded (ROLLOUTS.md 4.6).
struct ToolOutput {
  /// The joined texts; of a code cell without the header.
  private(set) var text = JSONText()
  /// The header of a code cell's output; nil for other outputs.
  private(set) var cell: CellHeader?
  private var success: Bool?

  /// Creates an output from its text.
  init(_ text: JSONText) {
    cell = text.begins(with: "Script ") ? CellHeader(text.escaped) : nil
    self.text = cell.map { JSONText(alreadyEscaped: $0.body) } ?? text
  }

  /// - Parameter output: The `output` of a response item: a text, an array of parts, or an object
  ///   with one of them as `content`.
  init(_ output: JSONValue?) {
    self.init(Self.text(of: output))
    success = output?["success"]?.asBool
  }

  private static func text(of output: JSONValue?) -> JSONText {
    switch output?.kind {
    case .string: return JSONText(output) ?? JSONText()
    case .array: return joined(output)
    case .object:
      let content = text(of: output?["content"])
      return content.isEmpty ? text(of: output?.present("content_items")) : content
    default: return JSONText()
    }
  }

  private static func joined(_ parts: JSONValue?) -> JSONText {
    var text = JSONText()
    parts?.forEachElement { part in
      if part["type"]?.textEquals("input_text") == true, let more = JSONText(part["text"]) {
        text += more
      }
    }
    return text
  }

  /// Adds the output of a wait for the code cell: its text, its duration, and the new state of the
  /// cell.
  mutating func append(wait: ToolOutput) {
    text += wait.text
    cell = cell.flatMap { first in wait.cell.map { first.followed(by: $0) } } ?? cell
    if let verdict = Verdict(ofTool: wait.text), verdict == .failed { success = false }
  }

  /// Whether the tool accepted the call and did not fail.
  var isAccepted: Bool {
    success != false && cell?.hasFailed != true && Verdict(ofTool: text) == nil
  }
}
