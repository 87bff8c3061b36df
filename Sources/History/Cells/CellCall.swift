/// A call of a tool, as the code of a cell makes it.
struct CellCall {
  /// The object whose functions are the tools, as code calls it.
  static let receiver = "tools"

  let name: String
  /// Nil for a tool of the program, and for one of an MCP server, whose name holds it.
  let namespace: String?
  /// Valid JSON.
  let argument: [UInt8]

  /// - Parameter function: The name in the code, which joins a namespace and a name.
  init(_ function: String, _ argument: [UInt8]) {
    self.argument = argument
    let parts = function.hasPrefix(ToolName.serverPrefix) ? nil : ToolName.split(function)
    namespace = parts?.namespace
    name = parts?.name ?? function
  }
}

extension JavaScriptToken {
  /// Whether the token names the object whose functions are the tools.
  var usesTools: Bool { (kind == .word || kind == .member) && text == CellCall.receiver }
}
