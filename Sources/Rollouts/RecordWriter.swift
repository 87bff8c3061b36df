package import JSON
import Platform

/// Writes records in the form of all known writers: compact, with the time first (ROLLOUTS.md 3).
package struct RecordWriter: Sendable {
  /// The members of an object in their order.
  package typealias Members = [(name: String, value: RawJSON)]

  private let timestamp: String
  /// The ordinal of the next record; nil in threads without ordinals.
  package private(set) var ordinal: Int64?
  private var out: JSONWriter

  /// The records so far, each with its line end.
  package var bytes: [UInt8] { out.bytes }

  /// - Parameters:
  ///   - time: The time of all records, in ms since 1970.
  ///   - ordinal: The ordinal of the first record; nil in threads without ordinals.
  package init(time: Int64, ordinal: Int64? = nil, capacity: Int = 1024) {
    timestamp = RFC3339.format(time)
    self.ordinal = ordinal
    out = JSONWriter(capacity: capacity)
  }

  /// Appends a record with these members in its payload.
  package mutating func append(_ type: StaticString, _ payload: Members) {
    append(type, RawJSON(WireMap(payload)))
  }

  /// Appends a record with this payload.
  package mutating func append(_ type: StaticString, _ payload: RawJSON) {
    append(type, payload: { out in out.raw(payload.bytes) })
  }

  /// Appends a record with a parsed payload.
  package mutating func append(_ type: StaticString, _ payload: JSONValue) {
    append(type, payload: { out in out.value(payload) })
  }

  /// Appends a record with the members that `write` adds to its payload: a fast way for many
  /// records.
  package mutating func append(_ type: StaticString, with write: (inout JSONObjectWriter) -> Void) {
    append(type, payload: { out in out.object(write) })
  }

  private mutating func append(_ type: StaticString, payload write: (inout JSONWriter) -> Void) {
    out.literal("{\"timestamp\":\"")
    out.raw(timestamp.utf8)
    if let ordinal {
      out.literal("\",\"ordinal\":")
      out.integer(ordinal)
      out.literal(",\"type\":\"")
      self.ordinal = ordinal + 1
    } else {
      out.literal("\",\"type\":\"")
    }
    out.literal(type)
    out.literal("\",\"payload\":")
    write(&out)
    out.literal("}\n")
  }

  /// Removes all records, after they were written to a file.
  package mutating func removeAll() { out.bytes.removeAll(keepingCapacity: true) }
}
