/// Splits a script into tokens.
struct JavaScriptLexer {
  /// The script in UTF-8.
  let code: [UInt8]
  /// The index of the next byte.
  var position = 0
  private var tokens: [JavaScriptToken] = []
  /// Whether no token was found on the line yet.
  private var isAtLineStart = true
  /// The brackets that are open before the next token, the innermost one last.
  private var open: [Bracket] = []
  /// Whether the last closed parenthesis was the head of a statement, such as `if (…)`.
  private var hasClosedHead = false

  /// An open parenthesis, bracket or brace, or an open substitution in a template.
  private struct Bracket {
    let closing: String
    /// Whether the parenthesis is the head of a statement.
    var isHead = false
    var isInTemplate = false
  }

  /// The highest number of tokens: more than scripts of models have, while hostile ones must not
  /// fill the memory.
  private static let tokenLimit = 200_000

  /// The tokens of a script; nil where the text cannot be a script, or has too many tokens.
  ///
  /// Parentheses, brackets, braces and templates in the result are closed in the right order.
  static func tokens(of script: String) -> [JavaScriptToken]? {
    var lexer = JavaScriptLexer(code: Array(script.utf8))
    return lexer.readTokens() ? lexer.tokens : nil
  }

  private init(code: [UInt8]) { self.code = code }

  private mutating func readTokens() -> Bool {
    if stands("#!") { skipLine() }
    while skipSpace() {
      guard let byte else { return open.isEmpty }
      guard tokens.count < Self.tokenLimit, var token = token(beginningWith: byte), nest(token)
      else { return false }
      token.startsLine = isAtLineStart
      isAtLineStart = false
      tokens.append(token)
    }
    return false
  }

  private mutating func token(beginningWith byte: UInt8) -> JavaScriptToken? {
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return string()
    case UInt8(ascii: "`"): return template()
    case UInt8(ascii: "}") where open.last?.isInTemplate ?? false: return template()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    case UInt8(ascii: ".") where self[1].map(Self.isDigit) ?? false: return number()
    case UInt8(ascii: "/"):
      guard let isRegularExpression = beginsRegularExpression else { return nil }
      return isRegularExpression ? regularExpression() : mark()
    // Escapes in names are not supported, since models do not write them.
    case UInt8(ascii: "\\"): return nil
    case _ where Self.isWordCharacter(byte):
      let isMember = tokens.last.map { $0.isMark(".") || $0.isMark("?.") } ?? false
      return JavaScriptToken(kind: isMember ? .member : .word, text: takeWord())
    default: return mark()
    }
  }

  /// Notes the brackets that a token opens or closes; false where it closes another kind than is
  /// open.
  private mutating func nest(_ token: JavaScriptToken) -> Bool {
    switch token.nesting {
    case 1 where token.kind == .templateHead:
      open.append(Bracket(closing: "", isInTemplate: true))
    case 1:
      let closing = token.text == "(" ? ")" : token.text == "[" ? "]" : "}"
      open.append(Bracket(closing: closing, isHead: token.text == "(" && isBehindHeadWord))
    case -1:
      guard let last = open.popLast() else { return false }
      hasClosedHead = last.isHead
      return last.closing == token.text
    default: break
    }
    return true
  }

  /// Whether a parenthesis at this place is the head of a statement.
  private var isBehindHeadWord: Bool {
    let word = tokens.last?.isWord("await") == true ? tokens.dropLast().last : tokens.last
    return word.map { $0.kind == .word && Self.headWords.contains($0.text) } ?? false
  }

  private static let headWords: Set<String> = ["for", "if", "while", "with"]

  /// Whether a slash at this place begins a regular expression instead of being a division; nil
  /// where only a full parser can tell.
  private var beginsRegularExpression: Bool? {
    guard let last = tokens.last else { return true }
    if last.isMark(")") { return hasClosedHead }
    if last.isMark("}") || last.isWord("of") { return nil }
    return !last.canEndExpression
  }
}

// Steps over the code.
extension JavaScriptLexer {
  /// The next byte; nil at the end.
  var byte: UInt8? { self[0] }

  /// The byte at a distance from the next one; nil behind the end.
  subscript(offset: Int) -> UInt8? {
    position + offset < code.count ? code[position + offset] : nil
  }

  /// Whether these bytes are next.
  func stands(_ text: StaticString) -> Bool {
    guard position + text.utf8CodeUnitCount <= code.count else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy { code[position + $0] == text.utf8Start[$0] }
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isWordCharacter(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }

  private mutating func takeWord() -> String {
    let start = position
    while let byte, Self.isWordCharacter(byte), byte < 0x80 || spaceLength == 0 { position += 1 }
    return String(decoding: code[start..<position], as: UTF8.self)
  }
}

// White space.
extension JavaScriptLexer {
  /// Skips white space and comments; false where a comment does not end.
  private mutating func skipSpace() -> Bool {
    while true {
      if lineEndLength > 0 {
        isAtLineStart = true
        position += lineEndLength
      } else if spaceLength > 0 {
        position += spaceLength
      } else if stands("//") {
        skipLine()
      } else if stands("/*") {
        guard skipLongComment() else { return false }
      } else {
        return true
      }
    }
  }

  private mutating func skipLine() {
    while position < code.count, lineEndLength == 0 { position += 1 }
  }

  private mutating func skipLongComment() -> Bool {
    position += 2
    while position < code.count {
      if stands("*/") {
        position += 2
        return true
      }
      if lineEndLength > 0 { isAtLineStart = true }
      position += 1
    }
    return false
  }

  /// The length of the line end at this place, in bytes; 0 where there is none.
  var lineEndLength: Int {
    switch byte {
    case 0x0A: 1
    case 0x0D: self[1] == 0x0A ? 2 : 1
    case 0xE2: stands("\u{2028}") || stands("\u{2029}") ? 3 : 0
    default: 0
    }
  }

  /// The length of the white space character at this place, in bytes; 0 where there is none. Line
  /// feeds and carriage returns do not count.
  private var spaceLength: Int {
    guard let byte else { return 0 }
    if byte < 0x80 { return byte == 0x20 || byte == 0x09 || byte == 0x0B || byte == 0x0C ? 1 : 0 }
    switch byte {
    case 0xC2: return stands("\u{A0}") ? 2 : 0
    case 0xE1...0xEF:
      let character = String(decoding: code[position...].prefix(3), as: UTF8.self)
      guard let scalar = character.unicodeScalars.first else { return 0 }
      let isSpace = scalar.properties.generalCategory == .spaceSeparator || scalar == "\u{FEFF}"
      return isSpace || lineEndLength > 0 ? 3 : 0
    default: return 0
    }
  }
}

// Numbers, marks, regular expressions.
extension JavaScriptLexer {
  private mutating func number() -> JavaScriptToken {
    let start = position
    var last: UInt8 = 0
    var isHexadecimal = false
    while let byte {
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      let isOfExponent = isSign && last | 0x20 == UInt8(ascii: "e") && !isHexadecimal
      guard isOfExponent || byte == UInt8(ascii: ".") || Self.isWordCharacter(byte) else { break }
      if byte | 0x20 == UInt8(ascii: "x") { isHexadecimal = true }
      last = byte
      position += 1
    }
    return JavaScriptToken(
      kind: .number, text: String(decoding: code[start..<position], as: UTF8.self))
  }

  /// The marks of several characters that must not be read as several marks; longer ones come
  /// first.
  private static let longMarks: [StaticString] = [
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=",
    "<=", ">=", "?.", "??", "&&", "||", "++", "--", "**", "<<", ">>", "+=", "-=", "*=", "/=", "%=",
    "&=", "|=", "^=",
  ]

  private mutating func mark() -> JavaScriptToken? {
    guard let byte, byte > 0x20, byte < 0x7F else { return nil }
    let isLong = self[1].map { "=.&|?+-*<>".utf8.contains($0) } ?? false
    let long = isLong ? Self.longMarks.first(where: stands) : nil
    let text = long.map(\.description) ?? String(decoding: [byte], as: UTF8.self)
    position += text.utf8.count
    return JavaScriptToken(kind: .mark, text: text)
  }

  private mutating func regularExpression() -> JavaScriptToken? {
    position += 1
    var isInClass = false
    while let byte, lineEndLength == 0 {
      position += 1
      switch byte {
      case UInt8(ascii: "\\"):
        guard lineEndLength == 0 else { return nil }
        position = min(position + 1, code.count)
      case UInt8(ascii: "["): isInClass = true
      case UInt8(ascii: "]"): isInClass = false
      case UInt8(ascii: "/") where !isInClass:
        _ = takeWord()
        return JavaScriptToken(kind: .regularExpression)
      default: break
      }
    }
    return nil
  }
}
