/// The code of a cell: JavaScript in which tools are functions (HISTORY.md 5.1).
///
/// No code is run. Code that does nothing with tools but call them with literals, one after the other,
/// is read as those calls; other code is shown as it is.
struct CodeCell {
  private let code: String
  /// Nil where the code is no script.
  private let tokens: [JavaScriptToken]?

  init(_ code: String) {
    self.code = code
    tokens = JavaScriptLexer.tokens(of: code)
  }

  var usesTools: Bool { tokens?.contains(where: \.usesTools) ?? code.contains(CellCall.receiver) }

  /// The hashes of all literal texts in the code, seeded anew in every process.
  var literals: Set<Int> { Set((tokens ?? []).compactMap { $0.literalText?.hashValue }) }

  /// The calls that the code makes, in their order; empty where it calls nothing, or does more than
  /// its literals tell.
  func calls() -> [CellCall] {
    guard let tokens, usesTools else { return [] }
    var reader = CellReader(tokens, length: code.utf8.count)
    return reader.calls() ?? []
  }
}
