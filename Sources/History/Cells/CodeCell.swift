import JSON
import Protocol

/// The code of a cell: JavaScript in which tools are functions (HISTORY.md 5.1).
///
/// No code is run. Code that does nothing with tools but call them with literals, one after the other,
/// is read as those calls; other code is shown as it is.
struct CodeCell {
  /// A call of a tool.
  struct Call {
    let name: String
    /// Nil for a tool of the program's own, and of a server's, which its name tells.
    let namespace: String?
    /// Valid JSON.
    let argument: [UInt8]

    /// - Parameter name: As code has it: a namespace and a name are one word there.
    fileprivate init(_ name: String, _ argument: [UInt8]) {
      self.argument = argument
      let parts = Array(name.utf8)
      guard !name.hasPrefix(ThreadItem.McpToolCall.namespace),
        let end = parts.firstIndex(of: Array("__".utf8)), end > 0, end + 2 < parts.count
      else {
        self.name = name
        namespace = nil
        return
      }
      namespace = String(decoding: parts[..<end], as: UTF8.self)
      self.name = String(decoding: parts[(end + 2)...], as: UTF8.self)
    }
  }

  /// The tool that runs code.
  static let tool = "exec"
  /// What the code calls the tools by.
  fileprivate static let tools = "tools"

  /// In their order; empty where the code calls nothing, or does more than this can tell.
  let calls: [Call]
  let usesTools: Bool
  /// The hashes of all literal texts in it, seeded anew in every process.
  let literals: Set<Int>

  init(_ code: String) {
    let tokens = JavaScriptLexer.tokens(of: code) ?? []
    usesTools = tokens.isEmpty ? code.contains(Self.tools) : tokens.contains(where: \.usesTools)
    var reader = CellReader(tokens)
    calls = usesTools ? reader.calls() ?? [] : []
    literals = Set(tokens.flatMap(\.literalTexts).map(\.hashValue))
  }
}

extension JavaScriptToken {
  /// Whether it is the name of the tools, or a template that puts in something with that name.
  fileprivate var usesTools: Bool {
    isWord(CodeCell.tools) || substitutions.contains(where: \.usesTools)
  }

  fileprivate var literalTexts: [String] {
    [literalText].compactMap { $0 } + substitutions.flatMap(\.literalTexts)
  }
}

/// Reads the statements of a script, as far as they have to do with tools.
private struct CellReader {
  private let tokens: [JavaScriptToken]
  private var position = 0
  /// What the constants of the script say, in JSON.
  private var constants: [String: [UInt8]] = [:]
  private var found: [CodeCell.Call] = []

  init(_ tokens: [JavaScriptToken]) { self.tokens = tokens }

  /// Nil where tools are used in any other way than by calls with literals.
  mutating func calls() -> [CodeCell.Call]? {
    while position < tokens.count {
      if skip(mark: ";") || attempt({ $0.readConstants() }) || attempt({ $0.readCalls() }) {
        continue
      }
      guard skipStatement() else { return nil }
    }
    return found
  }

  private var token: JavaScriptToken? { position < tokens.count ? tokens[position] : nil }

  /// Reads something, or nothing at all.
  private mutating func attempt(_ read: (inout CellReader) -> Bool) -> Bool {
    var copy = self
    guard read(&copy) else { return false }
    self = copy
    return true
  }

  private mutating func skip(mark: String) -> Bool {
    guard token?.isMark(mark) == true else { return false }
    position += 1
    return true
  }

  private mutating func skip(word: String) -> Bool {
    guard token?.isWord(word) == true else { return false }
    position += 1
    return true
  }

  private mutating func takeWord() -> String? {
    guard let token, token.kind == .word else { return nil }
    position += 1
    return token.text
  }

  /// Whether a statement ends here: at the end, at a semicolon, or where the next line does not go on
  /// with it.
  private var isAtEndOfStatement: Bool {
    guard let token, !token.isMark(";") else { return true }
    return token.startsLine && !token.continuesExpression
      && (position == 0 || tokens[position - 1].canEndExpression)
  }
}

// Statements.
extension CellReader {
  /// `const NAME = LITERAL`, perhaps several.
  private mutating func readConstants() -> Bool {
    guard skip(word: "const") else { return false }
    repeat {
      guard let name = takeWord(), skip(mark: "="), let value = literal() else { return false }
      constants[name] = value
    } while skip(mark: ",")
    return isAtEndOfStatement
  }

  /// `[const|let|var NAME =] [text(] await CALL [)]`, in the place of a call also
  /// `Promise.all([CALL, …])`.
  private mutating func readCalls() -> Bool {
    if ["const", "let", "var"].contains(where: { skip(word: $0) }) {
      guard skipPattern(), skip(mark: "=") else { return false }
    }
    let isShown = attempt { $0.skip(word: "text") && $0.skip(mark: "(") }
    guard skip(word: "await"), readCall() || attempt({ $0.readCallsAtOnce() }) else {
      return false
    }
    return (!isShown || skip(mark: ")")) && isAtEndOfStatement
  }

  /// A name, or several in brackets or braces.
  private mutating func skipPattern() -> Bool {
    if token?.isMark("{") == true || token?.isMark("[") == true { return skipGroup() }
    return takeWord() != nil
  }

  private mutating func readCallsAtOnce() -> Bool {
    guard skip(word: "Promise"), skip(mark: "."),
      skip(word: "all") || skip(word: "allSettled"), skip(mark: "("), skip(mark: "[")
    else { return false }
    while !skip(mark: "]") {
      guard readCall() else { return false }
      if !skip(mark: ","), token?.isMark("]") != true { return false }
    }
    return skip(mark: ")")
  }

  /// `tools.NAME(LITERAL)`
  private mutating func readCall() -> Bool {
    attempt { reader in
      guard reader.skip(word: CodeCell.tools), reader.skip(mark: "."),
        let name = reader.takeWord(), reader.skip(mark: "(")
      else { return false }
      var argument: [UInt8]? = Array("{}".utf8)
      if reader.token?.isMark(")") != true { argument = reader.literal() }
      _ = reader.skip(mark: ",")
      guard let argument, reader.skip(mark: ")") else { return false }
      reader.found.append(CodeCell.Call(name, argument))
      return true
    }
  }

  /// Skips a statement of any other kind; false where it has to do with tools.
  private mutating func skipStatement() -> Bool {
    let start = position
    repeat {
      skipHeads()
      let isBlock = token?.isMark("{") == true
      if !skipGroup() { position = min(position + 1, tokens.count) }
      if isBlock, !(token?.continuesBlock ?? false) { break }
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

  /// Skips what stands in parentheses, brackets or braces, with them; false where nothing does.
  private mutating func skipGroup() -> Bool {
    guard let token, token.kind == .mark, ["(", "[", "{"].contains(token.text) else { return false }
    var depth = 0
    repeat {
      let mark = tokens[position].kind == .mark ? tokens[position].text : ""
      if ["(", "[", "{"].contains(mark) { depth += 1 }
      if [")", "]", "}"].contains(mark) { depth -= 1 }
      position += 1
    } while depth > 0 && position < tokens.count
    return true
  }
}

extension JavaScriptToken {
  /// Whether it goes on with the statement whose block just ended.
  fileprivate var continuesBlock: Bool {
    kind == .word
      ? ["else", "catch", "finally", "while"].contains(text)
      : kind == .mark && continuesExpression && !["(", "["].contains(text)
  }
}

// Literals, as JSON.
extension CellReader {
  private mutating func literal() -> [UInt8]? {
    var out = JSONWriter()
    return write(to: &out) ? out.bytes : nil
  }

  private mutating func write(to out: inout JSONWriter) -> Bool {
    guard let token else { return false }
    if token.isMark("{") { return writeObject(to: &out) }
    if token.isMark("[") { return writeArray(to: &out) }
    if let text = rawTemplate() ?? token.literalText {
      position += 1
      out.string(text)
      return true
    }
    if token.kind == .number || token.isMark("-") { return writeNumber(to: &out) }
    guard token.kind == .word, let value = constants[token.text] ?? Self.names[token.text] else {
      return false
    }
    position += 1
    out.raw(value)
    return true
  }

  private static let names = Dictionary(
    uniqueKeysWithValues: ["true", "false", "null"].map { ($0, Array($0.utf8)) })

  /// What a template behind `String.raw` says; stops in front of the template.
  private mutating func rawTemplate() -> String? {
    let isRaw = attempt { reader in
      reader.skip(word: "String") && reader.skip(mark: ".") && reader.skip(word: "raw")
        && reader.token?.kind == .template && reader.token?.hasSubstitutions == false
    }
    return isRaw ? token?.raw : nil
  }

  private mutating func writeNumber(to out: inout JSONWriter) -> Bool {
    let isNegative = skip(mark: "-")
    guard let token, token.kind == .number else { return false }
    position += 1
    var text = token.text.filter { $0 != "_" }
    if text.lowercased().hasPrefix("0x") {
      guard let number = Int64(text.dropFirst(2), radix: 16) else { return false }
      text = String(number)
    }
    if text.hasPrefix(".") { text = "0" + text }
    if text.hasSuffix(".") { text.removeLast() }
    guard Double(text) != nil, text == "0" || !text.hasPrefix("0") || text.hasPrefix("0.") else {
      return false
    }
    out.raw(((isNegative ? "-" : "") + text).utf8)
    return true
  }

  private mutating func writeArray(to out: inout JSONWriter) -> Bool {
    position += 1
    out.byte(UInt8(ascii: "["))
    var isFirst = true
    while !skip(mark: "]") {
      if !isFirst { out.byte(UInt8(ascii: ",")) }
      isFirst = false
      guard write(to: &out), skip(mark: ",") || token?.isMark("]") == true else { return false }
    }
    out.byte(UInt8(ascii: "]"))
    return true
  }

  private mutating func writeObject(to out: inout JSONWriter) -> Bool {
    position += 1
    out.byte(UInt8(ascii: "{"))
    var isFirst = true
    while !skip(mark: "}") {
      guard let key = token, [.word, .string, .number].contains(key.kind) else { return false }
      if !isFirst { out.byte(UInt8(ascii: ",")) }
      isFirst = false
      out.string(key.text)
      out.byte(UInt8(ascii: ":"))
      position += 1
      // A name alone stands for the constant of that name too.
      if !skip(mark: ":") {
        guard key.kind == .word else { return false }
        position -= 1
      }
      guard write(to: &out), skip(mark: ",") || token?.isMark("}") == true else { return false }
    }
    out.byte(UInt8(ascii: "}"))
    return true
  }
}
