/// The names of the tools of a model.
enum ToolName {
  /// The tool that applies patches.
  static let applyPatch = "apply_patch"
  /// The tool that runs the code of a cell.
  static let codeCell = "exec"
  /// The beginning of the namespaces and names of tools that MCP servers offer.
  static let serverPrefix = "mcp__"

  /// Splits `NAMESPACE__NAME` at the first `__`; nil where one of the parts would be empty.
  static func split(_ name: some StringProtocol) -> (namespace: String, name: String)? {
    let bytes = Array(name.utf8)
    guard let end = bytes.firstIndex(of: Array("__".utf8)), end > 0, end + 2 < bytes.count else {
      return nil
    }
    return (
      String(decoding: bytes[..<end], as: UTF8.self),
      String(decoding: bytes[(end + 2)...], as: UTF8.self)
    )
  }
}
