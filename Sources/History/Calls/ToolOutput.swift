import JSON

/// What a tool gave back, in any of the shapes that versions recorded (ROLLOUTS.md 4.6).
struct ToolOutput {
  /// The texts, joined; of a code cell without its header.
  private(set) var text = JSONText()
  /// What a code cell says of itself; nil for the output of anything else.
  private(set) var cell: CellHeader?
  private var success: Bool?

  init(_ text: JSONText) {
    cell = text.begins(with: "Script ") ? CellHeader(text.escaped) : nil
    self.text = cell.map { JSONText(alreadyEscaped: $0.body) } ?? text
  }

  /// - Parameter output: The `output` of a call's output: a text, parts, or an object with one of
  ///   them as `content`.
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

  /// Adds what a wait for a code cell gave: its text, its time, and how the cell fares now.
  mutating func append(wait: ToolOutput) {
    text += wait.text
    cell = cell.flatMap { first in wait.cell.map { first.followed(by: $0) } } ?? cell
    if let verdict = Verdict(ofTool: wait.text), verdict == .failed { success = false }
  }

  /// Whether the tool took the call and came to its end.
  var isAccepted: Bool {
    success != false && cell?.hasFailed != true && Verdict(ofTool: text) == nil
  }
}
