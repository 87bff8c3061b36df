import JSON
import Protocol

/// The code of a cell: JavaScript in which tools are functions (HISTORY.md 5.1).
///
/// No code is run. Code that does nothing with tools but call them with literals, one after the other,
/// is read as those calls; other code is shown as it is.
struct CodeCell {
  /// A call of a tool.
  struct Call {
    let name: String
    /// Nil for a tool of the program's own, and of a server's, which its name tells.
    let namespace: String?
    /// Valid JSON.
    let argument: [UInt8]
  }

  /// The tool that runs code.
  static let tool = "exec"
  /// What the code calls the tools by.
  static let tools = "tools"

  private let code: String
  /// Nil where the code is no script.
  private let tokens: [JavaScriptToken]?

  init(_ code: String) {
    self.code = code
    tokens = JavaScriptLexer.tokens(of: code)
  }

  var usesTools: Bool { tokens?.contains(where: \.usesTools) ?? code.contains(Self.tools) }

  /// The hashes of all literal texts in the code, seeded anew in every process.
  var literals: Set<Int> { Set((tokens ?? []).compactMap { $0.literalText?.hashValue }) }

  /// The calls that the code makes, in their order; empty where it calls nothing, or does more than
  /// its literals tell.
  func calls() -> [Call] {
    guard let tokens, usesTools else { return [] }
    var reader = CellReader(tokens, length: code.utf8.count)
    return reader.calls() ?? []
  }
}

extension CodeCell.Call {
  /// - Parameter name: As code has it: a namespace and a name are one word there.
  init(_ name: String, _ argument: [UInt8]) {
    self.argument = argument
    let parts = Array(name.utf8)
    guard !name.hasPrefix(ThreadItem.McpToolCall.namespace),
      let end = parts.firstIndex(of: Array("__".utf8)), end > 0, end + 2 < parts.count
    else {
      self.name = name
      namespace = nil
      return
    }
    namespace = String(decoding: parts[..<end], as: UTF8.self)
    self.name = String(decoding: parts[(end + 2)...], as: UTF8.self)
  }
}

extension JavaScriptToken {
  /// Whether it is the name of the tools.
  var usesTools: Bool { (kind == .word || kind == .member) && text == CodeCell.tools }
}
