import LibC

/// A value as compact JSON text, which is passed on unread.
///
/// Numbers are unchanged, however long; texts are safe for readers of lines.
public struct RawJSON: Hashable, Sendable {
  /// The text of the value, without a line end.
  public let bytes: [UInt8]

  /// Creates the compact text of a parsed value.
  public init(_ value: JSONValue) {
    var writer = JSONWriter(capacity: value.text.count + 2)
    writer.value(value)
    bytes = writer.bytes
  }

  /// Creates a value from its text.
  ///
  /// - Parameter bytes: Valid, compact JSON on one line.
  public init(validBytes bytes: [UInt8]) { self.bytes = bytes }

  /// Creates the compact text of a value of any wire type.
  public init(_ value: some WireValue) {
    var writer = JSONWriter()
    value.write(to: &writer)
    bytes = writer.bytes
  }

  /// The value null.
  public static let null = RawJSON(validBytes: Array("null".utf8))

  /// Whether the value is null.
  public var isNull: Bool { self == .null }

  /// Whether the text of a parsed value has exactly these bytes.
  public func isText(of value: JSONValue) -> Bool {
    let text = value.text
    return bytes.count == text.count
      && bytes.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.flatMap { start in
          text.baseAddress.map { memcmp(start, $0, text.count) == 0 }
        } ?? true
      }
  }
}

/// Accepts every value, including null.
extension RawJSON: WireValue {
  public init(json: JSONValue) throws(JSONError) { self.init(json) }

  public func write(to out: inout JSONWriter) { out.raw(bytes) }

  public static func schema(_: inout SchemaBuilder) -> Schema { .anything }
}
