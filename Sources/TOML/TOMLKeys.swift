/// One part of a dotted key, or a key of one part.
struct TOMLKeyPart {
  let name: String
  /// The offset of the first byte of the part.
  let offset: Int
  let position: TOMLPosition
}

/// Keys (TOML 1.1, section Keys).
extension TOMLScanner {
  /// Reads a bare, quoted or dotted key, and the white space behind it.
  mutating func key() throws(TOMLError) -> [TOMLKeyPart] {
    var parts: [TOMLKeyPart] = []
    repeat {
      skipWhitespace()
      parts.append(try keyPart())
      skipWhitespace()
    } while take(".")
    return parts
  }

  private mutating func keyPart() throws(TOMLError) -> TOMLKeyPart {
    let start = offset
    let position = position()
    let name = isAt("\"") || isAt("'") ? try singleLineString() : try bareKey()
    return TOMLKeyPart(name: name, offset: start, position: position)
  }

  private mutating func bareKey() throws(TOMLError) -> String {
    let name = text[offset...].prefix(while: isBareKeyCharacter)
    guard !name.isEmpty else { throw error("expected a key") }
    offset += name.count
    return String(decoding: name, as: UTF8.self)
  }
}

private func isBareKeyCharacter(_ byte: UInt8) -> Bool {
  isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
}

extension TOMLTable {
  /// The parts of a key in the notation of a file: `a."b.c".d` has three.
  ///
  /// - Throws: An error if the text is not exactly one key.
  package static func path(parsing dottedKey: String) throws(TOMLError) -> [String] {
    var scanner = TOMLScanner(Array(dottedKey.utf8))
    let parts = try scanner.key()
    guard scanner.isAtEnd else { throw scanner.error("expected the end of the key") }
    return parts.map(\.name)
  }
}
