package import JSON
import System

/// Forms records as every known writer does: compact, the time first (ROLLOUTS.md 3).
package struct RecordWriter: Sendable {
  /// The members of an object in their order.
  package typealias Members = [(name: String, value: RawJSON)]

  private let timestamp: String
  /// Of the next record; nil in threads without ordinals.
  package private(set) var ordinal: Int64?
  private var out: JSONWriter

  /// The records so far, each with its line end.
  package var bytes: [UInt8] { out.bytes }

  /// - Parameters:
  ///   - time: Of all records, in ms since 1970.
  ///   - ordinal: Of the first record.
  package init(time: Int64, ordinal: Int64? = nil, capacity: Int = 1024) {
    timestamp = RFC3339.format(time)
    self.ordinal = ordinal
    out = JSONWriter(capacity: capacity)
  }

  package mutating func append(_ type: StaticString, _ payload: Members) {
    append(type, RawJSON(WireMap(payload)))
  }

  package mutating func append(_ type: StaticString, _ payload: RawJSON) {
    append(type, payload: { out in out.raw(payload.bytes) })
  }

  /// Adds a record with a parsed payload.
  package mutating func append(_ type: StaticString, _ payload: JSONValue) {
    append(type, payload: { out in out.value(payload) })
  }

  /// Adds a record whose payload's members `write` adds: for records of which there are many.
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

  /// Forgets the records, as when they have been written.
  package mutating func removeAll() { out.bytes.removeAll(keepingCapacity: true) }
}
