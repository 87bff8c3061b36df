/// A text in its escaped form, which is written without being decoded.
///
/// Most bytes of an answer are texts of records that are passed on unchanged; they are copied and
/// checked only once. The text is always valid: invalid Unicode in the record is U+FFFD here.
public struct JSONText: Hashable, Sendable {
  /// The text between the quotes.
  public private(set) var escaped: ArraySlice<UInt8>

  public init() { escaped = [] }

  /// Creates the escaped form of a text.
  public init(_ text: String) {
    var writer = JSONWriter(capacity: text.utf8.count + 16)
    var text = text
    text.withUTF8 { writer.contents($0, areEscaped: false) }
    escaped = writer.bytes[...]
  }

  /// The text of a string; nil for other values.
  public init?(_ value: JSONValue?) {
    guard let value, value.kind == .string else { return nil }
    var writer = JSONWriter(capacity: value.text.count + 16)
    writer.contents(of: value)
    escaped = writer.bytes[...]
  }

  /// The text of a string that was found without parsing, given as the text between its quotes.
  /// Invalid escapes in it count as backslashes.
  public init(escapedText: UnsafeBufferPointer<UInt8>) {
    var writer = JSONWriter(capacity: escapedText.count + 16)
    writer.contents(escapedText, areEscaped: true)
    escaped = writer.bytes[...]
  }

  /// Creates a text from a part of another one.
  ///
  /// - Parameter escaped: A part of the escaped form of another text, which is not cut within a
  ///   character.
  public init(alreadyEscaped escaped: ArraySlice<UInt8>) { self.escaped = escaped }

  /// Whether the text has no character.
  public var isEmpty: Bool { escaped.isEmpty }

  /// Whether the text consists of white space.
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
        // White space beyond ASCII is rare, so the text may be decoded here.
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

  /// Appends a text.
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
