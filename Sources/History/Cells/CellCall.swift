/// A call of a tool, as the code of a cell makes it.
struct CellCall {
  /// The name, in code, of the object whose functions are the tools.
  static let receiver = "tools"

  /// The name of the tool.
  let name: String
  /// The namespace of the tool; nil for a tool of the program, and for one of an MCP server, whose
  /// name holds the server.
  let namespace: String?
  /// The argument as valid JSON.
  let argument: [UInt8]

  /// - Parameters:
  ///   - function: The name of the function, which may join a namespace and a name.
  ///   - argument: Valid JSON.
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
