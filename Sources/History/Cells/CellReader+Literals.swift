import JSON

// Reading literals as JSON.
extension CellReader {
  /// Reads a literal, or the name of a constant that is one, as JSON; nil where another token is
  /// next.
  mutating func literal() -> [UInt8]? {
    var out = JSONWriter()
    return write(to: &out, depth: 0) && constants.allows(out.bytes.count) ? out.bytes : nil
  }

  /// Declares a constant.
  ///
  /// - Parameters:
  ///   - value: The literal as JSON.
  ///   - name: The index of the token that is the name.
  mutating func define(_ value: [UInt8], at name: Int) {
    constants.define(tokens[name].text, value, at: name)
  }

  /// The depth of nesting up to which literals are read: more than models write, and little enough
  /// for the stack.
  private static let depthLimit = 64

  private mutating func write(to out: inout JSONWriter, depth: Int) -> Bool {
    guard let token, depth < Self.depthLimit, constants.allows(out.bytes.count) else {
      return false
    }
    if token.isMark("{") { return writeObject(to: &out, depth: depth) }
    if token.isMark("[") { return writeArray(to: &out, depth: depth) }
    if let text = rawText() ?? token.literalText {
      position += 1
      out.string(text)
      return true
    }
    if token.kind == .number || token.isMark("-") { return writeNumber(to: &out) }
    guard token.kind == .word else { return false }
    if let name = Self.names[token.text] {
      position += 1
      out.raw(name)
      return true
    }
    return writeConstant(to: &out)
  }

  private static let names = Dictionary(
    uniqueKeysWithValues: ["true", "false", "null"].map { ($0, Array($0.utf8)) })

  private mutating func writeConstant(to out: inout JSONWriter) -> Bool {
    guard let token, token.kind == .word, let value = constants.use(token.text, at: position) else {
      return false
    }
    position += 1
    out.raw(value)
    return true
  }

  /// The text of a template behind `String.raw`, of which the template itself is not skipped.
  private mutating func rawText() -> String? {
    let isRaw = attempt { reader in
      reader.skip(word: "String") && reader.skip(member: "raw") && reader.token?.rawText != nil
    }
    return isRaw ? token?.rawText : nil
  }

  private mutating func writeNumber(to out: inout JSONWriter) -> Bool {
    let isNegative = skip(mark: "-")
    guard let token, token.kind == .number, let number = NumberLiteral(token.text) else {
      return false
    }
    position += 1
    out.raw(((isNegative ? "-" : "") + number.json).utf8)
    return true
  }

  private mutating func writeArray(to out: inout JSONWriter, depth: Int) -> Bool {
    position += 1
    out.byte(UInt8(ascii: "["))
    var isFirst = true
    while !skip(mark: "]") {
      if !isFirst { out.byte(UInt8(ascii: ",")) }
      isFirst = false
      guard write(to: &out, depth: depth + 1), skip(mark: ",") || token?.isMark("]") == true else {
        return false
      }
    }
    out.byte(UInt8(ascii: "]"))
    return true
  }

  private mutating func writeObject(to out: inout JSONWriter, depth: Int) -> Bool {
    position += 1
    out.byte(UInt8(ascii: "{"))
    var names: Set<String> = []
    while !skip(mark: "}") {
      guard let token, let name = token.propertyName, names.insert(name).inserted else {
        return false
      }
      if names.count > 1 { out.byte(UInt8(ascii: ",")) }
      out.string(name)
      out.byte(UInt8(ascii: ":"))
      guard writeValue(to: &out, depth: depth), skip(mark: ",") || self.token?.isMark("}") == true
      else { return false }
    }
    out.byte(UInt8(ascii: "}"))
    return true
  }

  /// Writes the value behind the name of a property; a name alone means the constant with that
  /// name.
  private mutating func writeValue(to out: inout JSONWriter, depth: Int) -> Bool {
    position += 1
    if skip(mark: ":") { return write(to: &out, depth: depth + 1) }
    position -= 1
    return writeConstant(to: &out)
  }
}

extension JavaScriptToken {
  /// The property that the token names in an object; nil where it names none. `__proto__` is not a
  /// property.
  fileprivate var propertyName: String? {
    let name: String?
    switch kind {
    case .word: name = text
    case .string: name = literalText
    case .number: name = NumberLiteral(text)?.integer.map { String($0) }
    default: name = nil
    }
    return name == "__proto__" ? nil : name
  }
}

/// A number in the notation of JavaScript.
private struct NumberLiteral {
  /// The number in the notation of JSON.
  let json: String
  /// The number as an integer; nil if it has a fraction or an exponent.
  private(set) var integer: Int64?

  /// Reads a number; nil where the text is no number, or none that JSON can express.
  init?(_ written: String) {
    guard !written.hasSuffix("_"), !written.contains("__") else { return nil }
    let text = written.filter { $0 != "_" }
    if let radix = Self.radixes[text.prefix(2).lowercased()] {
      guard let number = Int64(text.dropFirst(2), radix: radix), number <= Self.largestInteger,
        text.dropFirst(2).first != "-", text.dropFirst(2).first != "+"
      else { return nil }
      self.init(integer: number)
    } else if let number = Int64(text), number <= Self.largestInteger {
      // An octal number with a leading zero is an error in modules.
      guard number == 0 ? text == "0" : !text.hasPrefix("0") else { return nil }
      self.init(integer: number)
    } else {
      self.init(decimal: text)
    }
  }

  private static let radixes = ["0x": 16, "0o": 8, "0b": 2]
  /// The largest integer of which all smaller ones are exact.
  private static let largestInteger: Int64 = 1 << 53

  private init(integer: Int64) {
    self.integer = integer
    json = String(integer)
  }

  /// Reads a decimal number; JSON needs digits on both sides of the point.
  private init?(decimal text: String) {
    guard let number = Double(text), number.isFinite, !text.hasPrefix("00") else { return nil }
    var json = text.hasPrefix(".") ? "0" + text : text
    json = json.replacing(".e", with: "e").replacing(".E", with: "E")
    if json.hasSuffix(".") { json.removeLast() }
    guard json == "0" || !json.hasPrefix("0") || json.hasPrefix("0.") else { return nil }
    self.json = json
  }
}
