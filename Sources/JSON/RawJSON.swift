#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Any value, kept as compact JSON text: what is passed on without being looked at.
///
/// Numbers are as they came, however long; texts are safe for readers of lines.
public struct RawJSON: Hashable, Sendable {
  /// The value's text, without a line end.
  public let bytes: [UInt8]

  /// Creates the compact text of a parsed value.
  public init(_ value: JSONValue) {
    var writer = JSONWriter(capacity: value.text.count + 2)
    writer.value(value)
    bytes = writer.bytes
  }

  /// - Parameter bytes: Valid JSON, compact, on one line.
  public init(validBytes bytes: [UInt8]) { self.bytes = bytes }

  /// The value of any declared type.
  public init(_ value: some WireValue) {
    var writer = JSONWriter()
    value.write(to: &writer)
    bytes = writer.bytes
  }

  /// The value null.
  public static let null = RawJSON(validBytes: Array("null".utf8))

  /// Whether the value is null.
  public var isNull: Bool { self == .null }

  /// Whether the text of a value in its document has the very bytes that are kept here.
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

/// Takes what comes, null too.
extension RawJSON: WireValue {
  public init(json: JSONValue) throws(JSONError) { self.init(json) }

  public func write(to out: inout JSONWriter) { out.raw(bytes) }

  public static func schema(_: inout SchemaBuilder) -> Schema { .anything }
}
