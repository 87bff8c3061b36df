/// A piece of JavaScript: enough of the language to tell where statements end and what literals say.
struct JavaScriptToken: Equatable {
  enum Kind { case word, number, string, template, regularExpression, mark }

  let kind: Kind
  /// A word, a number or a mark as written; what a string or a template says; else empty.
  let text: String
  /// A template as written; nil for anything else.
  var raw: String?
  /// The tokens of what a template puts in; of one with none it is a literal.
  var substitutions: [JavaScriptToken] = []
  var hasSubstitutions = false
  /// Whether a line begins with it.
  var startsLine = false

  func isWord(_ text: String) -> Bool { kind == .word && self.text == text }
  func isMark(_ text: String) -> Bool { kind == .mark && self.text == text }

  /// What a literal text says; nil for anything else.
  var literalText: String? {
    kind == .string || kind == .template && !hasSubstitutions ? text : nil
  }

  /// Whether a statement can end behind it.
  var canEndExpression: Bool {
    switch kind {
    case .word: !Self.wordsBeforeExpressions.contains(text)
    case .mark: [")", "]", "}", "++", "--"].contains(text)
    default: true
    }
  }

  /// Whether it goes on with the line before it where it begins one.
  var continuesExpression: Bool {
    switch kind {
    case .word: text == "in" || text == "instanceof"
    case .template: true
    case .mark: !["{", "!", "~", "++", "--", ";", "..."].contains(text)
    default: false
    }
  }

  private static let wordsBeforeExpressions: Set<String> = [
    "await", "case", "const", "delete", "else", "do", "in", "instanceof", "let", "new", "of",
    "return", "throw", "typeof", "var", "void", "yield",
  ]
}

/// Cuts a script into tokens.
struct JavaScriptLexer {
  private let code: [UInt8]
  private var position = 0
  private var tokens: [JavaScriptToken] = []
  private var isAtLineStart = true

  /// The tokens of a script; nil where it does not look like one.
  static func tokens(of script: String) -> [JavaScriptToken]? {
    var lexer = JavaScriptLexer(Array(script.utf8), at: 0)
    return lexer.lex(untilBrace: false) ? lexer.tokens : nil
  }

  private init(_ code: [UInt8], at position: Int) {
    self.code = code
    self.position = position
  }

  /// - Parameter untilBrace: Whether to end at the brace that closes what a template puts in.
  private mutating func lex(untilBrace: Bool) -> Bool {
    var depth = 0
    while skipSpace() {
      guard let byte = byte else { return !untilBrace }
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}") {
        if untilBrace, depth == 0 { return true }
        depth -= 1
      }
      guard let token = token(byte) else { return false }
      tokens.append(token)
      tokens[tokens.count - 1].startsLine = isAtLineStart
      isAtLineStart = false
    }
    return false
  }

  private mutating func token(_ byte: UInt8) -> JavaScriptToken? {
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return string(byte)
    case UInt8(ascii: "`"): return template()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    case UInt8(ascii: ".") where self[1].map(Self.isDigit) ?? false: return number()
    case UInt8(ascii: "/") where !(tokens.last?.canEndExpression ?? false):
      return regularExpression()
    case _ where Self.isWordCharacter(byte):
      return JavaScriptToken(kind: .word, text: take(while: Self.isWordCharacter))
    default: return mark()
    }
  }

  /// The next byte; nil at the end.
  private var byte: UInt8? { self[0] }

  private subscript(offset: Int) -> UInt8? {
    position + offset < code.count ? code[position + offset] : nil
  }

  private func stands(_ text: String) -> Bool { code[position...].starts(with: text.utf8) }

  private mutating func take(while belongs: (UInt8) -> Bool) -> String {
    let text = code[position...].prefix(while: belongs)
    position += text.count
    return String(decoding: text, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isWordCharacter(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
      || byte == UInt8(ascii: "#")
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }
}

// Space, numbers, marks, regular expressions.
extension JavaScriptLexer {
  /// Skips white space and comments; false where a comment has no end.
  private mutating func skipSpace() -> Bool {
    while let byte {
      if byte <= 0x20 {
        if byte == 0x0A { isAtLineStart = true }
        position += 1
      } else if stands("//") {
        _ = take { $0 != 0x0A }
      } else if stands("/*") {
        position += 2
        while !stands("*/") {
          guard let byte = self.byte else { return false }
          if byte == 0x0A { isAtLineStart = true }
          position += 1
        }
        position += 2
      } else {
        break
      }
    }
    return true
  }

  private mutating func number() -> JavaScriptToken {
    var last: UInt8 = 0
    var isHex = false
    let text = take { byte in
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      let belongs =
        byte == UInt8(ascii: ".") || Self.isWordCharacter(byte)
        || isSign && last | 0x20 == UInt8(ascii: "e") && !isHex
      if byte | 0x20 == UInt8(ascii: "x") { isHex = true }
      last = byte
      return belongs
    }
    return JavaScriptToken(kind: .number, text: text)
  }

  /// Those of several characters that must not be taken for others.
  private static let longMarks = [
    "...", "===", "!==", "=>", "==", "!=", "<=", ">=", "?.", "??", "&&", "||", "++", "--", "**",
    "+=", "-=", "*=", "/=",
  ]

  private mutating func mark() -> JavaScriptToken {
    let text =
      Self.longMarks.first(where: stands)
      ?? String(decoding: code[position...].prefix(1), as: UTF8.self)
    position += text.utf8.count
    return JavaScriptToken(kind: .mark, text: text)
  }

  private mutating func regularExpression() -> JavaScriptToken? {
    position += 1
    var isInClass = false
    while let byte, byte != 0x0A {
      position += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == UInt8(ascii: "[") { isInClass = true }
      if byte == UInt8(ascii: "]") { isInClass = false }
      if byte == UInt8(ascii: "/"), !isInClass {
        _ = take(while: Self.isWordCharacter)
        return JavaScriptToken(kind: .regularExpression, text: "")
      }
    }
    return nil
  }
}

// Texts.
extension JavaScriptLexer {
  private mutating func string(_ quote: UInt8) -> JavaScriptToken? {
    position += 1
    var text: [UInt8] = []
    while let byte, byte != 0x0A {
      if byte == quote {
        position += 1
        return JavaScriptToken(kind: .string, text: String(decoding: text, as: UTF8.self))
      }
      if byte == UInt8(ascii: "\\") {
        guard appendEscaped(to: &text) else { return nil }
      } else {
        text.append(byte)
        position += 1
      }
    }
    return nil
  }

  private mutating func template() -> JavaScriptToken? {
    position += 1
    var token = JavaScriptToken(kind: .template, text: "")
    var text: [UInt8] = []
    var raw: [UInt8] = []
    while let byte {
      if byte == UInt8(ascii: "`") {
        position += 1
        return JavaScriptToken(
          kind: .template, text: String(decoding: text, as: UTF8.self),
          raw: String(decoding: raw, as: UTF8.self), substitutions: token.substitutions,
          hasSubstitutions: token.hasSubstitutions)
      }
      let start = position
      if stands("${") {
        var inner = JavaScriptLexer(code, at: position + 2)
        guard inner.lex(untilBrace: true) else { return nil }
        position = inner.position + 1
        token.hasSubstitutions = true
        token.substitutions += inner.tokens
      } else if byte == UInt8(ascii: "\\") {
        guard appendEscaped(to: &text) else { return nil }
      } else {
        // A line end is always the one.
        if !(byte == 0x0D && self[1] == 0x0A) { text.append(byte) }
        position += 1
      }
      raw += code[start..<position]
    }
    return nil
  }

  /// Reads an escape and adds what it stands for; false where it stands for nothing.
  private mutating func appendEscaped(to text: inout [UInt8]) -> Bool {
    guard let escape = self[1] else { return false }
    position += 2
    switch escape {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "v"): text.append(0x0B)
    case UInt8(ascii: "0") where !(byte.map(Self.isDigit) ?? false): text.append(0)
    case 0x0A: break
    case 0x0D: if byte == 0x0A { position += 1 }
    case UInt8(ascii: "x"):
      guard let unit = hexadecimal(digits: 2) else { return false }
      text += Self.utf8(unit)
    case UInt8(ascii: "u"):
      guard let unit = codePoint() else { return false }
      text += Self.utf8(unit)
    default: text.append(escape)
    }
    return true
  }

  private mutating func codePoint() -> UInt32? {
    if byte == UInt8(ascii: "{") {
      position += 1
      let digits = take { $0 != UInt8(ascii: "}") && $0 != 0x0A }
      position += 1
      return UInt32(digits, radix: 16)
    }
    guard let high = hexadecimal(digits: 4) else { return nil }
    guard high & 0xFC00 == 0xD800, stands("\\u") else { return high }
    let before = position
    position += 2
    guard let low = hexadecimal(digits: 4), low & 0xFC00 == 0xDC00 else {
      position = before
      return high
    }
    return 0x10000 + (high & 0x3FF) << 10 + low & 0x3FF
  }

  private mutating func hexadecimal(digits: Int) -> UInt32? {
    let text = code[position...].prefix(digits)
    guard text.count == digits, let unit = UInt32(String(decoding: text, as: UTF8.self), radix: 16)
    else { return nil }
    position += digits
    return unit
  }

  private static func utf8(_ unit: UInt32) -> [UInt8] {
    Array(String(Unicode.Scalar(unit).map(Character.init) ?? "\u{FFFD}").utf8)
  }
}
