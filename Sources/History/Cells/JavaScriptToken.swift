/// A token of JavaScript, with the properties that show where statements end and what literals
/// mean.
struct JavaScriptToken {
  enum Kind {
    /// A name or a keyword.
    case word
    /// A name behind a dot, which is never a keyword.
    case member
    case number, string, regularExpression
    /// A template without substitutions.
    case template
    /// The part of a template before its first substitution, with the `${`.
    case templateHead
    /// A part between two substitutions, with the `}` before it and the `${` behind it.
    case templateMiddle
    /// The part behind the last substitution, with the `}` before it.
    case templateTail
    /// An operator or other punctuation.
    case mark
  }

  let kind: Kind
  /// The text of a word, number or mark; else empty.
  var text = ""
  /// The value of a string or of a template without substitutions; nil where its text is invalid.
  var literalText: String?
  /// The value of a template without substitutions behind `String.raw`; nil for other tokens.
  var rawText: String?
  /// Whether the token is the first one on its line.
  var startsLine = false

  /// Whether the token is this word.
  func isWord(_ text: String) -> Bool { kind == .word && self.text == text }
  /// Whether the token is this mark.
  func isMark(_ text: String) -> Bool { kind == .mark && self.text == text }

  /// The change of the depth in parentheses, brackets, braces and templates behind the token.
  var nesting: Int {
    switch kind {
    case .templateHead: 1
    case .templateTail: -1
    case .mark where ["(", "[", "{"].contains(text): 1
    case .mark where [")", "]", "}"].contains(text): -1
    default: 0
    }
  }

  /// Whether an expression can end with the token.
  var canEndExpression: Bool {
    switch kind {
    case .word: !Self.wordsBeforeExpressions.contains(text)
    case .mark: [")", "]", "}", "++", "--"].contains(text)
    case .templateHead, .templateMiddle: false
    default: true
    }
  }

  /// Whether the token, if it begins a line, continues the line before.
  var continuesExpression: Bool {
    switch kind {
    case .word: text == "in" || text == "instanceof"
    case .template, .templateHead: true
    case .mark: !["{", "!", "~", "++", "--", ";", "...", "#", "@"].contains(text)
    default: false
    }
  }

  private static let wordsBeforeExpressions: Set<String> = [
    "await", "case", "const", "delete", "do", "else", "extends", "in", "instanceof", "let", "new",
    "of", "return", "throw", "typeof", "var", "void", "yield",
  ]
}
