/// Reads the calls of tools that a script makes, where these are plain to see.
///
/// A call counts if its argument is a literal, and if it is a statement at the top level: it is then made
/// once, in the order in which the calls stand. Where one does not count, none is read.
struct CellReader {
  let tokens: [JavaScriptToken]
  var position = 0
  var constants: LiteralConstants
  private var found: [CellCall] = []
  private var declared = DeclaredNames()
  /// Whether what comes next is never reached.
  private var hasEnded = false

  /// - Parameter length: Of the script, in bytes.
  init(_ tokens: [JavaScriptToken], length: Int) {
    self.tokens = tokens
    constants = LiteralConstants(scriptLength: length)
  }

  /// Nil where tools are used in any other way than by such calls.
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

  private mutating func note(_ statement: ArraySlice<JavaScriptToken>) {
    declared.add(statement)
    guard let first = statement.first else { return }
    if first.isWord("throw") || first.isWord("return") { hasEnded = true }
  }
}

// Steps over tokens.
extension CellReader {
  var token: JavaScriptToken? { position < tokens.count ? tokens[position] : nil }

  /// Reads something, or nothing at all.
  mutating func attempt(_ read: (inout CellReader) -> Bool) -> Bool {
    let start = (position, found.count, constants.mark)
    if read(&self) { return true }
    position = start.0
    found.removeSubrange(start.1...)
    constants.goBack(to: start.2)
    return false
  }

  mutating func skip(mark: String) -> Bool {
    guard token?.isMark(mark) == true else { return false }
    position += 1
    return true
  }

  mutating func skip(word: String) -> Bool {
    guard token?.isWord(word) == true else { return false }
    position += 1
    return true
  }

  mutating func skip(member: String) -> Bool { takeMember() == member }

  /// `.NAME`
  private mutating func takeMember() -> String? {
    guard skip(mark: "."), let token, token.kind == .member else { return nil }
    position += 1
    return token.text
  }

  /// Skips what stands in parentheses, brackets, braces or a template, with them; false where nothing
  /// does.
  private mutating func skipGroup() -> Bool {
    guard token?.nesting == 1 else { return false }
    var depth = 0
    repeat {
      depth += tokens[position].nesting
      position += 1
    } while depth > 0 && position < tokens.count
    return true
  }

  /// Whether a statement ends here: at the end, at a semicolon, or where the next token does not go on
  /// with it.
  var isAtEndOfStatement: Bool {
    guard let token, !token.isMark(";") else { return true }
    guard position > 0 else { return false }
    let last = tokens[position - 1]
    if last.isMark("}") { return !token.continuesBlock }
    return token.startsLine && !token.continuesExpression && last.canEndExpression
  }
}

extension JavaScriptToken {
  /// Whether it goes on with the statement that a brace before it closed a part of.
  fileprivate var continuesBlock: Bool {
    kind == .word
      ? ["else", "catch", "finally", "while", "in", "instanceof"].contains(text)
      : kind == .mark && continuesExpression && !["(", "["].contains(text)
  }
}

// Statements.
extension CellReader {
  /// `const NAME = LITERAL`, perhaps several.
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

  /// `[const|let|var NAME =] [text(] await CALL [)]`
  private mutating func readCalls() -> Bool {
    // What goes on with the line before it may hang on that.
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

  /// A name, or several in brackets or braces.
  private mutating func skipPattern() -> Bool {
    let start = position
    if token?.isMark("{") == true || token?.isMark("[") == true {
      return skipGroup() && !tokens[start..<position].contains(where: \.usesTools)
    }
    guard token?.kind == .word else { return false }
    position += 1
    return true
  }

  /// Skips a statement of any other kind; false where it has to do with tools.
  private mutating func skipStatement() -> Bool {
    let start = position
    repeat {
      skipHeads()
      if !skipGroup() { position = min(position + 1, tokens.count) }
    } while !isAtEndOfStatement
    return !tokens[start..<position].contains(where: \.usesTools)
  }

  /// Skips `if (…)` and the like: what follows belongs to it, on whatever line it stands.
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
  /// `await CALL`, or `await Promise.all([CALL, …])`.
  private mutating func readAwait() -> Bool {
    skip(word: "await") && (attempt { $0.readCall() } || readCallsAtOnce())
  }

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

  /// `tools.NAME(LITERAL)`
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
