package import JSON

/// The place of a record in the files of a thread.
package struct RecordLocation: Hashable, Sendable {
  /// The offset of the record's `{`, in bytes from the start of its file.
  package var offset: Int
  /// The length in bytes, without a line end.
  package var length: UInt32
  /// The index of the file in its chain, from the oldest on.
  package var file: UInt16
  /// A number that is made of the bytes of the record (`Fingerprint`); 0 where it is not known.
  let fingerprint: UInt16

  /// The greatest number of files in a chain.
  package static let fileLimit = Int(UInt16.max) + 1

  /// Creates a location.
  ///
  /// - Parameters:
  ///   - offset: The offset of the record's `{`, in bytes from the start of its file.
  ///   - length: The length in bytes, without a line end.
  ///   - file: The index of the file in its chain, from the oldest on.
  package init(offset: Int, length: Int, file: Int) {
    self.init(offset: offset, length: length, file: file, fingerprint: 0)
  }

  /// Creates the location of a record whose bytes are known, so that a later read can tell whether
  /// the file was overwritten with another record at this location.
  init(offset: Int, of text: UnsafeBufferPointer<UInt8>, file: Int) {
    self.init(
      offset: offset, length: text.count, file: file, fingerprint: RecordLocation.fingerprint(text))
  }

  init(offset: Int, length: Int, file: Int, fingerprint: UInt16) {
    self.offset = offset
    self.length = UInt32(truncatingIfNeeded: length)
    self.file = UInt16(truncatingIfNeeded: file)
    self.fingerprint = fingerprint
  }

  /// Whether both are the same place, whether or not the fingerprint is known.
  package static func == (one: RecordLocation, other: RecordLocation) -> Bool {
    one.offset == other.offset && one.length == other.length && one.file == other.file
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(offset)
    hasher.combine(file)
  }
}

/// A parsed record of a rollout, valid until the next one is read.
package struct Record {
  /// What the record is.
  package let kind: RecordKind
  /// The place of the record.
  package let location: RecordLocation
  /// The whole record; in the bare generation it is equal to the payload.
  package let root: JSONValue
  /// The payload, which holds the content of the record.
  package let payload: JSONValue

  /// The ordinal of the record in files with ordinals (ROLLOUTS.md 3.4); nil also for one that is
  /// too high to have a successor.
  package var ordinal: Int64? {
    root["ordinal"]?.asInteger.flatMap { $0 < Self.ordinalLimit ? $0 : nil }
  }

  /// Whether the middle of long strings may be left in the file (`FileGap`).
  package var mayHaveGaps: Bool { location.length > LongRecord.smallestSize }

  static let ordinalLimit: Int64 = 1 << 53

  /// Whether the record has no envelope, as in early 2025 (ROLLOUTS.md 3.1).
  package var isBare: Bool { root["payload"] == nil }

  /// Parses the record at the beginning of a text; nil where there is none.
  init?(
    parsing text: UnsafeBufferPointer<UInt8>, at location: RecordLocation, with parser: JSONParser
  ) {
    guard let root = try? parser.parse(text, mode: .lenient) else { return nil }
    self.init(root, at: location)
  }

  /// Reads a parsed object with its members in any order; nil where it is not a record.
  init?(_ root: JSONValue, at location: RecordLocation) {
    guard root.kind == .object else { return nil }
    self.root = root
    self.location = location
    let type = root["type"].flatMap { $0.kind == .string ? $0 : nil }
    if let payload = root["payload"], let type {
      self.payload = payload
      let payloadType = payload["type"].flatMap { $0.kind == .string ? $0 : nil }
      kind = RecordKind(RecordType(type.text), payloadType: payloadType?.text)
    } else {
      payload = root
      if let type {
        guard let bare = RecordKind(bareType: type.text) else { return nil }
        kind = bare
      } else if root["record_type"]?.kind == .string {
        kind = .unknown  // Files of early 2025 have a state, of no use, between their items.
      } else {
        guard root["id"]?.kind == .string, root["timestamp"] != nil else { return nil }
        kind = .sessionMeta
      }
    }
  }
}
