import JSON
package import System

/// What a fork takes over from its parent: the bytes of its files as they are, damage and unknown
/// records with them (ROLLOUTS.md 6.4). Only records of the bare generation get envelopes.
package struct RolloutCopy: Sendable {
  private let links: [RolloutChain.Link]

  package init(_ links: [RolloutChain.Link]) { self.links = links }

  /// Hands the bytes to `sink`, piece by piece, the last of them a line end.
  package func write(to sink: (RawSpan) throws(SystemError) -> Void) throws(SystemError) {
    for link in links {
      let hasEnvelopes = try HeadReader.sessionMeta(of: link.file)?.generation.hasEnvelopes ?? true
      if !hasEnvelopes || link.endOrdinal != nil {
        try writeLines(of: link, to: sink)
        continue
      }
      try link.file.forEachChunk(in: 0..<link.end, sink)
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
        time = time ?? root.present("timestamp").flatMap(timestamp)
        bytes = enveloped(root, at: time) ?? bytes
      }
      try sink((bytes + lineEnd).span.bytes)
    }
  }

  /// A bare record as later ones look; nil for one that has an envelope.
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
