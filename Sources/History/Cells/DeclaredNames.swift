/// The names that the statements of a script declare.
struct DeclaredNames {
  /// The keyword that declares each name.
  private var keywords: [String: String] = [:]
  /// Whether a name is declared twice, so that the script is an error and does not run.
  private(set) var areRepeated = false

  /// Adds the names that a statement declares.
  mutating func add(_ statement: ArraySlice<JavaScriptToken>) {
    var rest = statement
    if rest.first?.isWord("async") == true { rest.removeFirst() }
    guard let keyword = rest.popFirst(), keyword.kind == .word else { return }
    switch keyword.text {
    case "const", "let", "var": addVariables(rest, keyword.text)
    case "function", "class":
      if rest.first?.isMark("*") == true { rest.removeFirst() }
      if let name = rest.first, name.kind == .word { add(name.text, keyword.text) }
    default: break
    }
  }

  private mutating func add(_ name: String, _ keyword: String) {
    if let other = keywords.updateValue(keyword, forKey: name), other != "var" || keyword != "var" {
      areRepeated = true
    }
  }

  /// Adds the names in `NAME = …, {NAME, x: NAME} = …`.
  private mutating func addVariables(_ declarations: ArraySlice<JavaScriptToken>, _ keyword: String)
  {
    var depth = 0
    var isInPattern = true
    for index in declarations.indices {
      let token = declarations[index]
      if depth == 0, token.isMark(",") { isInPattern = true }
      if depth == 0, token.isMark("=") { isInPattern = false }
      if isInPattern, token.kind == .word, depth == 0 || isBound(at: index, in: declarations) {
        add(token.text, keyword)
      }
      depth += token.nesting
    }
  }

  /// Whether a word in a pattern is a declared name, and not the name of a property or a part of a
  /// default value.
  private func isBound(at index: Int, in tokens: ArraySlice<JavaScriptToken>) -> Bool {
    let before = tokens[index - 1]
    let after = index + 1 < tokens.endIndex ? tokens[index + 1] : nil
    return before.kind == .mark && ["{", "[", ",", ":", "..."].contains(before.text)
      && after?.kind == .mark && [",", "}", "]", "="].contains(after?.text ?? "")
  }
}
