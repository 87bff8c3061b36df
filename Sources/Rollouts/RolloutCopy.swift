import JSON
package import Platform

/// The copy of a parent's records in a fork: the bytes of its files, with damage and unknown
/// records (ROLLOUTS.md 6.4). Only records of the bare generation get envelopes. Those of paginated
/// threads get ordinals behind that of the new header, which is the only header.
package struct RolloutCopy: Sendable {
  private let links: [RolloutChain.Link]

  /// Creates a copy of the records in parts of files, from the oldest on.
  package init(_ links: [RolloutChain.Link]) { self.links = links }

  /// Hands the records to `sink` in pieces; the last byte is a line end.
  ///
  /// - Parameter ordinal: The ordinal of the first record in a paginated thread; nil in other
  ///   threads.
  /// - Returns: The ordinal behind the last record; nil in other threads.
  /// - Throws: The error of a file that cannot be read, or was cut meanwhile.
  package func write(
    from ordinal: Int64?, to sink: (RawSpan) throws(SystemError) -> Void
  ) throws(SystemError) -> Int64? {
    guard var next = ordinal else {
      try write(to: sink)
      return nil
    }
    for link in links { try writeLines(of: link, from: &next, to: sink) }
    return next
  }

  private func write(to sink: (RawSpan) throws(SystemError) -> Void) throws(SystemError) {
    for link in links {
      let hasEnvelopes = try HeadReader.sessionMeta(of: link.file)?.generation.hasEnvelopes ?? true
      if !hasEnvelopes || link.endOrdinal != nil {
        try writeLines(of: link, to: sink)
        continue
      }
      var copied = 0
      try link.file.forEachChunk(in: 0..<link.end) { (piece) throws(SystemError) in
        try sink(piece)
        copied += piece.byteCount
      }
      guard copied == link.end else { throw .gone(link.file.path) }
      if link.end > 0, try link.file.byte(at: link.end - 1) != UInt8(ascii: "\n") {
        try sink(lineEnd.span.bytes)
      }
    }
  }

  private func writeLines(
    of link: RolloutChain.Link, to sink: (RawSpan) throws(SystemError) -> Void
  ) throws(SystemError) {
    let lines = LineReader(link.file, in: 0..<link.end)
    let parser = JSONParser()
    var time: Int64?
    while let line = try lines.next(ifLong: { _, _ in .kept }) {
      var bytes = Array(line.bytes)
      if let root = try? parser.parse(line.bytes, mode: .lenient), root.kind == .object {
        if let end = link.endOrdinal, let ordinal = root["ordinal"]?.asInteger, ordinal >= end {
          continue
        }
        time = time ?? root.present("timestamp")?.timestamp
        bytes = enveloped(root, at: time) ?? bytes
      }
      try sink((bytes + lineEnd).span.bytes)
    }
    guard lines.lineOffset >= link.end else { throw .gone(link.file.path) }
  }

  private func writeLines(
    of link: RolloutChain.Link, from ordinal: inout Int64,
    to sink: (RawSpan) throws(SystemError) -> Void
  ) throws(SystemError) {
    let lines = LineReader(link.file, in: 0..<link.end)
    let parser = JSONParser()
    while let line = try lines.next(ifLong: { _, _ in .kept }) {
      guard let root = try? parser.parse(line.bytes, mode: .lenient), root.kind == .object,
        root["type"]?.textEquals("session_meta") == false,
        root["ordinal"]?.asInteger ?? 0 < link.endOrdinal ?? .max,
        var record = try? WireMap<RawJSON>(json: root)
      else { continue }
      record.members.removeAll { $0.name == "ordinal" }
      record.members.insert(("ordinal", RawJSON(ordinal)), at: min(1, record.members.count))
      ordinal += 1
      try sink((RawJSON(record).bytes + lineEnd).span.bytes)
    }
    guard lines.lineOffset >= link.end else { throw .gone(link.file.path) }
  }

  /// The record in an envelope; nil if it has one.
  private func enveloped(_ root: JSONValue, at time: Int64?) -> [UInt8]? {
    guard root["payload"] == nil else { return nil }
    let type: StaticString
    if root["type"] != nil {
      type = "response_item"
    } else if root["id"] != nil {
      type = "session_meta"
    } else {
      type = "record_state"
    }
    var records = RecordWriter(time: time ?? 0)
    records.append(type, RawJSON(root))
    return Array(records.bytes.dropLast())
  }

  private var lineEnd: [UInt8] { [UInt8(ascii: "\n")] }
}
