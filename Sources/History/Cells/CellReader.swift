/// Reads the calls of tools in a script, if it is certain which calls it makes.
///
/// A call counts if its argument is a literal and it is a statement at the top level: it is then
/// made once, in the order of the text. If one call does not count, none is read.
struct CellReader {
  /// The tokens of the script.
  let tokens: [JavaScriptToken]
  /// The index of the next token.
  var position = 0
  /// The constants that were declared so far.
  var constants: LiteralConstants
  /// The calls that were read so far.
  private var found: [CellCall] = []
  /// The names that were declared so far.
  private var declared = DeclaredNames()
  /// Whether the next statements are never reached.
  private var hasEnded = false

  /// - Parameters:
  ///   - tokens: The tokens of the script.
  ///   - length: The length of the script in bytes.
  init(_ tokens: [JavaScriptToken], length: Int) {
    self.tokens = tokens
    constants = LiteralConstants(scriptLength: length)
  }

  /// The calls in the order of the text; nil where the tools are used in any other way.
  mutating func calls() -> [CellCall]? {
    while position < tokens.count {
      if skip(mark: ";") { continue }
      let start = position
      guard attempt({ $0.readConstants() }) || attempt({ $0.readCalls() }) || skipStatement() else {
        return nil
      }
      note(tokens[start..<position])
    }
    let isSure = !declared.areRepeated && constants.areUnchanged(in: tokens)
    return isSure ? found : nil
  }

  /// Notes what a statement declares, and whether it ends the script.
  private mutating func note(_ statement: ArraySlice<JavaScriptToken>) {
    declared.add(statement)
    guard let first = statement.first else { return }
    if first.isWord("throw") || first.isWord("return") { hasEnded = true }
  }
}

// Steps over tokens.
extension CellReader {
  /// The next token; nil at the end.
  var token: JavaScriptToken? { position < tokens.count ? tokens[position] : nil }

  /// Reads something, and undoes the reading where that fails.
  mutating func attempt(_ read: (inout CellReader) -> Bool) -> Bool {
    let start = (position, found.count, constants.mark)
    if read(&self) { return true }
    position = start.0
    found.removeSubrange(start.1...)
    constants.goBack(to: start.2)
    return false
  }

  /// Skips a mark; false where another token is next.
  mutating func skip(mark: String) -> Bool {
    guard token?.isMark(mark) == true else { return false }
    position += 1
    return true
  }

  /// Skips a word; false where another token is next.
  mutating func skip(word: String) -> Bool {
    guard token?.isWord(word) == true else { return false }
    position += 1
    return true
  }

  /// Skips a dot and the name of a member; false where other tokens are next.
  mutating func skip(member: String) -> Bool { takeMember() == member }

  /// Reads `.NAME`; nil where other tokens are next.
  private mutating func takeMember() -> String? {
    guard skip(mark: "."), let token, token.kind == .member else { return nil }
    position += 1
    return token.text
  }

  /// Skips a pair of parentheses, brackets or braces, or a template, with its content; false where
  /// none begins here.
  private mutating func skipGroup() -> Bool {
    guard token?.nesting == 1 else { return false }
    var depth = 0
    repeat {
      depth += tokens[position].nesting
      position += 1
    } while depth > 0 && position < tokens.count
    return true
  }

  /// Whether a statement ends before the next token: at the end, at a semicolon, or where the token
  /// does not continue the statement.
  var isAtEndOfStatement: Bool {
    guard let token, !token.isMark(";") else { return true }
    guard position > 0 else { return false }
    let last = tokens[position - 1]
    if last.isMark("}") { return !token.continuesBlock }
    return token.startsLine && !token.continuesExpression && last.canEndExpression
  }
}

extension JavaScriptToken {
  /// Whether the token continues a statement whose last token is a closing brace.
  fileprivate var continuesBlock: Bool {
    kind == .word
      ? ["else", "catch", "finally", "while", "in", "instanceof"].contains(text)
      : kind == .mark && continuesExpression && !["(", "["].contains(text)
  }
}

// Statements.
extension CellReader {
  /// Reads `const NAME = LITERAL`, with one or several names.
  private mutating func readConstants() -> Bool {
    guard skip(word: "const") else { return false }
    var defined: [(name: Int, value: [UInt8])] = []
    repeat {
      let name = position
      guard token?.kind == .word else { return false }
      position += 1
      guard skip(mark: "="), let value = literal() else { return false }
      defined.append((name, value))
    } while skip(mark: ",")
    guard isAtEndOfStatement else { return false }
    for constant in defined { define(constant.value, at: constant.name) }
    return true
  }

  /// Reads `[const|let|var NAME =] [text(] await CALL [)]`.
  private mutating func readCalls() -> Bool {
    // A statement that continues the line before it may depend on that line.
    guard let token,
      position == 0 || tokens[position - 1].isMark(";") || !token.continuesExpression,
      !hasEnded
    else { return false }
    if ["const", "let", "var"].contains(where: { skip(word: $0) }) {
      guard skipPattern(), skip(mark: "=") else { return false }
    }
    let isShown = attempt { $0.skip(word: "text") && $0.skip(mark: "(") }
    guard readAwait() else { return false }
    return (!isShown || skip(mark: ")")) && isAtEndOfStatement
  }

  /// Skips a name, or a pattern in brackets or braces.
  private mutating func skipPattern() -> Bool {
    let start = position
    if token?.isMark("{") == true || token?.isMark("[") == true {
      return skipGroup() && !tokens[start..<position].contains(where: \.usesTools)
    }
    guard token?.kind == .word else { return false }
    position += 1
    return true
  }

  /// Skips a statement of any other kind; false where it mentions the tools.
  private mutating func skipStatement() -> Bool {
    let start = position
    repeat {
      skipHeads()
      if !skipGroup() { position = min(position + 1, tokens.count) }
    } while !isAtEndOfStatement
    return !tokens[start..<position].contains(where: \.usesTools)
  }

  /// Skips `if (…)` and similar heads, whose statement follows on any line.
  private mutating func skipHeads() {
    while let token, token.kind == .word, Self.heads.contains(token.text) {
      position += 1
      _ = skip(word: "await")
      if self.token?.isMark("(") == true { _ = skipGroup() }
    }
  }

  private static let heads: Set<String> = [
    "if", "else", "for", "while", "do", "try", "switch", "with",
  ]
}

// Calls.
extension CellReader {
  /// Reads `await CALL` or `await Promise.all([CALL, …])`.
  private mutating func readAwait() -> Bool {
    skip(word: "await") && (attempt { $0.readCall() } || readCallsAtOnce())
  }

  /// Reads `Promise.all([CALL, …])`.
  private mutating func readCallsAtOnce() -> Bool {
    guard skip(word: "Promise"),
      attempt({ $0.skip(member: "all") }) || attempt({ $0.skip(member: "allSettled") }),
      skip(mark: "("), skip(mark: "[")
    else { return false }
    while !skip(mark: "]") {
      guard readCall() else { return false }
      if !skip(mark: ","), token?.isMark("]") != true { return false }
    }
    return skip(mark: ")")
  }

  /// Reads `tools.NAME(LITERAL)`.
  private mutating func readCall() -> Bool {
    guard skip(word: CellCall.receiver), let name = takeMember(), skip(mark: "(") else {
      return false
    }
    var argument = Array("{}".utf8)
    if !skip(mark: ")") {
      guard let literal = literal() else { return false }
      argument = literal
      _ = skip(mark: ",")
      guard skip(mark: ")") else { return false }
    }
    found.append(CellCall(name, argument))
    return true
  }
}
