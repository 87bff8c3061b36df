/// Any value, kept as compact JSON text: what is passed on without being looked at.
///
/// Numbers are as they came, however long; texts are safe for readers of lines.
package struct RawJSON: Hashable, Sendable {
  /// The value's text, without a line end.
  package let bytes: [UInt8]

  package init(_ value: JSONValue) {
    var writer = JSONWriter(capacity: value.text.count + 2)
    writer.value(value)
    bytes = writer.bytes
  }

  /// - Parameter bytes: Valid JSON, compact, on one line.
  package init(validBytes bytes: [UInt8]) { self.bytes = bytes }

  /// The value of any declared type.
  package init(_ value: some WireValue) {
    var writer = JSONWriter()
    value.write(to: &writer)
    bytes = writer.bytes
  }

  package static let null = RawJSON(validBytes: Array("null".utf8))

  package var isNull: Bool { self == .null }
}

/// Takes what comes, null too.
extension RawJSON: WireValue {
  package init(json: JSONValue) throws(JSONError) { self.init(json) }

  package func write(to out: inout JSONWriter) { out.raw(bytes) }

  package static func schema(_: inout SchemaBuilder) -> Schema { .anything }
}
