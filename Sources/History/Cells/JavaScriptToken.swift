/// A piece of JavaScript: enough of the language to tell where statements end and what literals say.
struct JavaScriptToken {
  enum Kind {
    /// A name or a keyword.
    case word
    /// A name behind a dot, which is no keyword whatever it is.
    case member
    case number, string, regularExpression
    /// A template that puts nothing in.
    case template
    /// The part of a template before the first thing that it puts in, with its `${`.
    case templateHead
    /// A part between two of these, with the `}` before and the `${` behind it.
    case templateMiddle
    /// The part behind the last of these, with the `}` before it.
    case templateTail
    /// An operator, or whatever else is punctuation.
    case mark
  }

  let kind: Kind
  /// A word, a number or a mark as written; else empty.
  var text = ""
  /// What a string, or a template that puts nothing in, says; nil where that is no valid text.
  var literalText: String?
  /// A template that puts nothing in, as `String.raw` gives it.
  var rawText: String?
  /// Whether a line begins with it.
  var startsLine = false

  func isWord(_ text: String) -> Bool { kind == .word && self.text == text }
  func isMark(_ text: String) -> Bool { kind == .mark && self.text == text }

  /// How much deeper in parentheses, brackets, braces and templates the next token is.
  var nesting: Int {
    switch kind {
    case .templateHead: 1
    case .templateTail: -1
    case .mark where ["(", "[", "{"].contains(text): 1
    case .mark where [")", "]", "}"].contains(text): -1
    default: 0
    }
  }

  /// Whether an expression can end with it.
  var canEndExpression: Bool {
    switch kind {
    case .word: !Self.wordsBeforeExpressions.contains(text)
    case .mark: [")", "]", "}", "++", "--"].contains(text)
    case .templateHead, .templateMiddle: false
    default: true
    }
  }

  /// Whether it goes on with the line before it where it begins one.
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
