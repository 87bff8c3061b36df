/// A text in its escaped form, to be written without being decoded.
///
/// Most bytes of an answer are texts of a record that go out as they came in; this copies them once
/// and looks at each byte once. Always valid: what was no Unicode in the record is U+FFFD here.
public struct JSONText: Hashable, Sendable {
  /// What stands between the quotes.
  public private(set) var escaped: ArraySlice<UInt8>

  public init() { escaped = [] }

  /// Creates the escaped form of a text.
  public init(_ text: String) {
    var writer = JSONWriter(capacity: text.utf8.count + 16)
    var text = text
    text.withUTF8 { writer.contents($0, areEscaped: false) }
    escaped = writer.bytes[...]
  }

  /// The text of a string value; nil for anything else.
  public init?(_ value: JSONValue?) {
    guard let value, value.kind == .string else { return nil }
    var writer = JSONWriter(capacity: value.text.count + 16)
    writer.contents(of: value)
    escaped = writer.bytes[...]
  }

  /// The text of a string that was found without being parsed: what stands between its quotes. What
  /// is no escape in it is taken for a backslash.
  public init(escapedText: UnsafeBufferPointer<UInt8>) {
    var writer = JSONWriter(capacity: escapedText.count + 16)
    writer.contents(escapedText, areEscaped: true)
    escaped = writer.bytes[...]
  }

  /// - Parameter escaped: A part of another text's escaped form, cut between characters.
  public init(alreadyEscaped escaped: ArraySlice<UInt8>) { self.escaped = escaped }

  /// Whether the text has no character.
  public var isEmpty: Bool { escaped.isEmpty }

  /// Whether there is nothing but white space.
  public var isBlank: Bool {
    var rest = escaped[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: " ") {
        rest = rest.dropFirst()
      } else if byte == UInt8(ascii: "\\"),
        let escape = rest.dropFirst().first, "nrtf".utf8.contains(escape)
      {
        rest = rest.dropFirst(2)
      } else if byte < 0x80, byte != UInt8(ascii: "\\") {
        return false
      } else {
        // White space beyond ASCII is rare enough to be decoded.
        return string.allSatisfy(\.isWhitespace)
      }
    }
    return true
  }

  /// The decoded text.
  public var string: String {
    escaped.withUnsafeBufferPointer { text in
      guard text.firstIndex(of: UInt8(ascii: "\\"), from: 0) != nil else {
        return String(decoding: text, as: UTF8.self)
      }
      return String(decoding: unescaped(text), as: UTF8.self)
    }
  }

  /// Adds a text at the end.
  public static func += (text: inout JSONText, other: JSONText) {
    text.escaped += other.escaped
  }
}

extension JSONText: ExpressibleByStringLiteral {
  /// Creates the escaped form of a literal.
  public init(stringLiteral text: String) { self.init(text) }
}

extension JSONText: WireValue {
  public init(json: JSONValue) throws(JSONError) {
    guard let text = JSONText(json) else { throw .invalidType(json, expected: "a string") }
    self = text
  }

  public func write(to out: inout JSONWriter) {
    out.byte(UInt8(ascii: "\""))
    out.raw(escaped)
    out.byte(UInt8(ascii: "\""))
  }

  public static func schema(_: inout SchemaBuilder) -> Schema { .type("string") }
}
