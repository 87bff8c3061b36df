/// Parses documents and values, by recursive descent.
struct TOMLParser {
  var scanner: TOMLScanner
  /// Whether the text is a file, so that values have positions.
  private let isFile: Bool

  /// The root table of the document.
  let root = TOMLTableBuilder(.explicit, at: TOMLPosition(line: 1, column: 1), depth: 0)
  /// The table of the last header.
  var current: TOMLTableBuilder

  /// The errors in the document, in the order of the text.
  private(set) var errors: [TOMLError] = []
  /// The number of errors behind which the rest of a text is not read, since it is hardly meant to
  /// be TOML.
  private static let errorLimit = 1000

  init(_ text: [UInt8], isFile: Bool = true) {
    scanner = TOMLScanner(text)
    self.isFile = isFile
    current = root
  }

  /// Reads all expressions into `root`. Broken expressions add nothing but errors.
  mutating func document() {
    while errors.count < Self.errorLimit {
      do throws(TOMLError) {
        try scanner.skipBlank()
      } catch {
        errors.append(error)
        scanner.skipLine()
        continue
      }
      if scanner.isAtEnd { return }
      expression()
    }
    errors.append(scanner.error("there is too much that is no TOML; the rest is passed over"))
  }

  private mutating func expression() {
    let start = scanner.offset
    let line = scanner.position().line
    do throws(TOMLError) {
      if scanner.isAt("[") { try header() } else { try self.line() }
    } catch {
      errors.append(error)
      scanner.offset = start
      scanner.skipBrokenExpression(linesToError: error.position.line - line)
    }
  }
}

// MARK: - Expressions

extension TOMLParser {
  /// Reads the header of a table or of an element of an array of tables.
  ///
  /// What is below a header that cannot be read belongs to no table. Where only the bracket behind
  /// the key is missing, it is clear which table is meant.
  private mutating func header() throws(TOMLError) {
    let position = scanner.position()
    current = TOMLTableBuilder(.explicit, at: position, depth: 0)
    let isArrayOfTables = scanner.take("[[")
    if !isArrayOfTables { _ = scanner.take("[") }
    let key = try scanner.key()
    let end: StaticString = isArrayOfTables ? "]]" : "]"
    let missingEnd = scanner.take(end) ? nil : scanner.error("expected `\(end)` after the key")
    if let missingEnd, !scanner.isAtLineEnd { throw missingEnd }
    if isArrayOfTables {
      try openElement(at: key, position: position)
    } else {
      try openTable(at: key, position: position)
    }
    if let missingEnd { throw missingEnd }
    try scanner.endLine()
  }

  /// Reads a key/value pair on a line of its own. A bad comment behind the pair does not affect it.
  private mutating func line() throws(TOMLError) {
    let (key, value) = try pair(in: current)
    scanner.skipWhitespace()
    guard scanner.isAtLineEnd else { throw scanner.error("expected the end of the line") }
    try define(key, as: value, in: current)
    try scanner.endLine()
  }

  private mutating func pair(
    in table: TOMLTableBuilder
  ) throws(TOMLError) -> (key: [TOMLKeyPart], value: TOMLValue) {
    let key = try scanner.key()
    try checkDepth(table.depth + key.count - 1, at: key[0].offset)
    guard scanner.take("=") else { throw scanner.error("expected `=` after the key") }
    scanner.skipWhitespace()
    return (key, try value(depth: table.depth + key.count))
  }
}

// MARK: - Values

extension TOMLParser {
  /// Reads the next value, which is nested in `depth` tables and arrays.
  mutating func value(depth: Int) throws(TOMLError) -> TOMLValue {
    let position = isFile ? scanner.position() : nil
    let kind: TOMLValue.Kind
    switch scanner.peek() {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): kind = .string(try scanner.string())
    case UInt8(ascii: "["): kind = try array(depth: depth)
    case UInt8(ascii: "{"): kind = try inlineTable(at: position, depth: depth)
    default: kind = try scalar()
    }
    return TOMLValue(kind, at: position, to: isFile ? scanner.lastPosition() : nil)
  }

  private mutating func array(depth: Int) throws(TOMLError) -> TOMLValue.Kind {
    try checkDepth(depth, at: scanner.offset)
    _ = scanner.take("[")
    var elements: [TOMLValue] = []
    try scanner.skipBlank()
    while !scanner.take("]") {
      elements.append(try value(depth: depth + 1))
      try scanner.skipBlank()
      if scanner.take(",") {
        try scanner.skipBlank()
      } else if !scanner.isAt("]") {
        throw scanner.error("expected `,` or `]` in the array")
      }
    }
    return .array(elements)
  }

  private mutating func inlineTable(
    at position: TOMLPosition?, depth: Int
  ) throws(TOMLError) -> TOMLValue.Kind {
    try checkDepth(depth, at: scanner.offset)
    let table = TOMLTableBuilder(.explicit, at: position, depth: depth)
    _ = scanner.take("{")
    try scanner.skipBlank()
    while !scanner.take("}") {
      let (key, value) = try pair(in: table)
      try define(key, as: value, in: table)
      try scanner.skipBlank()
      if scanner.take(",") {
        try scanner.skipBlank()
      } else if !scanner.isAt("}") {
        throw scanner.error("expected `,` or `}` in the inline table")
      }
    }
    return .table(table.table)
  }

  /// Reads a boolean, number, date or time.
  private mutating func scalar() throws(TOMLError) -> TOMLValue.Kind {
    let start = scanner.offset
    var token = scanner.token()
    guard !token.isEmpty else { throw scanner.error("expected a value") }
    if token.elementsEqual("true".utf8) { return .boolean(true) }
    if token.elementsEqual("false".utf8) { return .boolean(false) }
    guard TOMLDateTime.isBegun(by: token) else { return try scanner.number(token) }
    if token.count == "1979-05-27".utf8.count, let time = scanner.timeBehindSpace() {
      token = scanner.text[start..<time.endIndex]
    }
    let text = String(decoding: token, as: UTF8.self)
    guard TOMLDateTime.isValid(token) else {
      throw scanner.error("`\(text)` is no valid date or time", at: start)
    }
    return .dateTime(text)
  }

  func checkDepth(_ depth: Int, at offset: Int) throws(TOMLError) {
    guard depth <= TOMLTable.depthLimit else {
      throw scanner.error("nested deeper than \(TOMLTable.depthLimit) levels", at: offset)
    }
  }

  func filePosition(_ position: TOMLPosition) -> TOMLPosition? { isFile ? position : nil }
}

extension TOMLScanner {
  /// Takes all bytes that booleans, numbers, dates and times consist of; none where none comes.
  fileprivate mutating func token() -> ArraySlice<UInt8> {
    let token = text[offset...].prefix {
      isLetterOrDigit($0) || "+-_.:".utf8.contains($0)
    }
    offset = token.endIndex
    return token
  }

  /// Takes the time of a date-time whose date is separated from it by a space.
  fileprivate mutating func timeBehindSpace() -> ArraySlice<UInt8>? {
    guard isAt(" "), let digit = peek(1), UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit else {
      return nil
    }
    offset += 1
    return token()
  }
}
