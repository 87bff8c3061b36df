/// The code of a cell: JavaScript in which tools are functions (HISTORY.md 5.1).
///
/// The code is never run. Code that only calls tools with literals, one after the other, is read as
/// these calls; other code is shown unchanged.
struct CodeCell {
  private let code: String
  /// The tokens of the code; nil where it is not JavaScript.
  private let tokens: [JavaScriptToken]?

  init(_ code: String) {
    self.code = code
    tokens = JavaScriptLexer.tokens(of: code)
  }

  /// Whether the code mentions the object whose functions are the tools.
  var usesTools: Bool { tokens?.contains(where: \.usesTools) ?? code.contains(CellCall.receiver) }

  /// The hashes of all string literals in the code, seeded anew in every process.
  var literals: Set<Int> { Set((tokens ?? []).compactMap { $0.literalText?.hashValue }) }

  /// The calls that the code makes, in their order; empty where it makes none, or does more than
  /// its literals tell.
  func calls() -> [CellCall] {
    guard let tokens, usesTools else { return [] }
    var reader = CellReader(tokens, length: code.utf8.count)
    return reader.calls() ?? []
  }
}
