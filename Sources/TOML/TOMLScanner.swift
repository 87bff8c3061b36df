/// A scanner of TOML's lexical grammar.
///
/// A method that throws leaves the offset undefined.
struct TOMLScanner {
  let text: [UInt8]
  /// The offsets of bytes that are not UTF-8.
  private let invalidBytes: Set<Int>
  /// The offset of the next byte.
  var offset: Int
  /// The last position that was determined. Counting continues there, so that the text is counted
  /// once.
  private var counted: Mark

  private struct Mark {
    var position = TOMLPosition(line: 1, column: 1)
    var offset: Int
  }

  /// Starts at the first byte, or behind a byte order mark.
  init(_ text: [UInt8]) {
    self.text = text
    invalidBytes = TOMLScanner.invalidBytes(in: text)
    offset = TOMLScanner.start(of: text)
    counted = Mark(offset: offset)
  }

  private static func start(of text: [UInt8]) -> Int {
    text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private static func invalidBytes(in text: [UInt8]) -> Set<Int> {
    var invalid: Set<Int> = []
    var parser = Unicode.UTF8.ForwardParser()
    var rest = text.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let scalar): offset += scalar.count
      case .emptyInput: return invalid
      case .error(let length):
        invalid.insert(offset)
        offset += length
      }
    }
  }
}

// MARK: - Bytes

extension TOMLScanner {
  var isAtEnd: Bool { offset == text.count }

  /// The byte `distance` behind the next one; nil behind the end.
  func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < text.count ? text[offset + distance] : nil
  }

  func isAt(_ string: StaticString) -> Bool {
    let count = string.utf8CodeUnitCount
    guard offset + count <= text.count else { return false }
    return string.withUTF8Buffer { text[offset..<offset + count].elementsEqual($0) }
  }

  /// Skips `string` if it is next; false where it is not.
  mutating func take(_ string: StaticString) -> Bool {
    guard isAt(string) else { return false }
    offset += string.utf8CodeUnitCount
    return true
  }

  /// Whether a newline is next: LF or CRLF.
  var isAtNewline: Bool { isAt("\n") || isAt("\r\n") }

  mutating func takeNewline() -> Bool { take("\n") || take("\r\n") }
}

// MARK: - White space and comments

extension TOMLScanner {
  mutating func skipWhitespace() {
    while let byte = peek(), byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { offset += 1 }
  }

  /// Skips white space, newlines and comments.
  mutating func skipBlank() throws(TOMLError) {
    repeat {
      skipWhitespace()
      try skipComment()
    } while takeNewline()
  }

  /// Skips a comment, up to its newline, if one begins here.
  private mutating func skipComment() throws(TOMLError) {
    guard peek() == UInt8(ascii: "#") else { return }
    while let byte = peek(), !isAtNewline {
      try refuse(byte)
      offset += 1
    }
  }

  /// Whether nothing but a comment follows on this line.
  var isAtLineEnd: Bool { isAtEnd || isAtNewline || isAt("#") }

  /// Skips what may follow an expression, its newline included.
  mutating func endLine() throws(TOMLError) {
    skipWhitespace()
    try skipComment()
    guard takeNewline() || isAtEnd else { throw error("expected the end of the line") }
  }

  /// Throws an error if the next byte is not allowed in comments and strings: control characters
  /// except tab, and bytes that are not UTF-8.
  func refuse(_ byte: UInt8) throws(TOMLError) {
    guard byte < 0x80 else {
      if invalidBytes.contains(offset) { throw error("unexpected byte") }
      return
    }
    guard byte < 0x20 && byte != UInt8(ascii: "\t") || byte == 0x7F else { return }
    let hex = String(byte, radix: 16, uppercase: true)
    throw error("control character U+00\(byte < 0x10 ? "0" : "")\(hex) is not allowed")
  }
}

// MARK: - Positions

extension TOMLScanner {
  /// The position of the next byte.
  mutating func position() -> TOMLPosition {
    counted = Mark(position: position(of: offset), offset: offset)
    return counted.position
  }

  /// The position of the last byte that was read, which is ASCII.
  mutating func lastPosition() -> TOMLPosition {
    offset -= 1
    defer { offset += 1 }
    return position()
  }

  /// An error at the next byte. If that byte is not UTF-8, the message says so.
  func error(_ message: String) -> TOMLError {
    error(invalidBytes.contains(offset) ? "the text is not UTF-8" : message, at: offset)
  }

  func error(_ message: String, at offset: Int) -> TOMLError {
    TOMLError(message, at: position(of: offset))
  }

  private func position(of offset: Int) -> TOMLPosition {
    // Only an error can be before the last counted position; counting then starts again.
    let mark = offset < counted.offset ? Mark(offset: TOMLScanner.start(of: text)) : counted
    var position = mark.position
    for byte in text[mark.offset..<offset] {
      if byte == UInt8(ascii: "\n") {
        position = TOMLPosition(line: position.line + 1, column: 1)
      } else if byte & 0xC0 != 0x80 {  // not the continuation of a character
        position.column += 1
      }
    }
    return position
  }
}

// MARK: - Kinds of bytes

func isLetterOrDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default: false
  }
}

func isHexDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
    UInt8(ascii: "A")...UInt8(ascii: "F"):
    true
  default: false
  }
}
