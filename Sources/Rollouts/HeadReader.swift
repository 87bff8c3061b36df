package import JSON
package import Platform

/// Finds the header of a thread, without reading more of its file than necessary.
package enum HeadReader {
  /// The offset behind which no header is searched for, in bytes (ROLLOUTS.md 5).
  private static let searched = 1 << 20
  /// The number of bytes of a compressed file that are unpacked at most.
  private static let unpackedMost = 16 << 20
  /// The size of the buffer, in bytes; most headers are shorter.
  private static let bufferSize = 32 * 1024
  /// The number of bytes of a compressed file that are unpacked at first.
  private static let unpackedFirst = 128 << 10

  /// The first `session_meta` of the file at a path, which may be compressed; nil where there is
  /// none near its beginning.
  ///
  /// - Throws: The error of the file if it cannot be read.
  package static func sessionMeta(at path: String) throws(SystemError) -> SessionMeta? {
    guard RolloutFile.isCompressed(path) else {
      return try sessionMeta(of: RolloutFile.open(path))
    }
    let beginning = try RolloutEnds.beginning(of: path, upTo: unpackedFirst)
    if let meta = try sessionMeta(of: beginning) { return meta }
    guard try beginning.status().size >= unpackedFirst else { return nil }
    return try sessionMeta(of: RolloutEnds.beginning(of: path, upTo: unpackedMost))
  }

  /// The first `session_meta` of a file; nil where there is none near its beginning.
  ///
  /// - Throws: The error of the file if it cannot be read.
  package static func sessionMeta(of file: File) throws(SystemError) -> SessionMeta? {
    try find(in: file) { SessionMeta($0) }
  }

  /// The payload of the first `session_meta` of a file, unchanged but for the middle of very long
  /// texts, which is left in the file; nil where there is none near its beginning.
  ///
  /// - Throws: The error of the file if it cannot be read.
  package static func sessionMetaPayload(
    of file: File
  ) throws(SystemError) -> (payload: RawJSON, gaps: [FileGap])? {
    guard let location = try find(in: file, { $0.location }) else { return nil }
    let window = RecordWindow([file])
    let payload = RawJSON(try window.recordWithGaps(at: location).payload)
    return (payload, window.gaps)
  }

  private static func find<Found>(
    in file: File, _ read: @escaping (Record) -> Found
  ) throws(SystemError) -> Found? {
    let lines = LineReader(file, in: 0..<Int.max, bufferSize: bufferSize)
    let reader = RecordReader()
    var visitor = MetaVisitor(read: read)
    while visitor.found == nil, lines.lineOffset < searched,
      let line = try lines.next(ifLong: { beginning, offset in
        if visitor.found != nil { return .wasRead(to: .max) }
        return reader.readLong(beginning, at: offset, of: file, upTo: .max, 0, &visitor)
      }), visitor.found == nil
    {
      reader.readLine(line.bytes, at: line.offset, of: 0, &visitor)
    }
    return visitor.found
  }

  /// Whether a file contains any record.
  ///
  /// - Throws: The error of the file if it cannot be read.
  package static func hasRecord(_ file: File) throws(SystemError) -> Bool {
    let lines = LineReader(file, in: 0..<Int.max)
    let reader = RecordReader()
    var visitor = AnyVisitor()
    while !visitor.hasRecord,
      let line = try lines.next(ifLong: { beginning, offset in
        if visitor.hasRecord { return .wasRead(to: .max) }
        return reader.readLong(beginning, at: offset, of: file, upTo: .max, 0, &visitor)
      })
    {
      reader.readLine(line.bytes, at: line.offset, of: 0, &visitor)
    }
    return visitor.hasRecord
  }
}

private struct AnyVisitor: RecordVisitor {
  var hasRecord = false

  func wants(_: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool { true }
  mutating func visit(_: Record) { hasRecord = true }
}

private struct MetaVisitor<Found>: RecordVisitor {
  let read: (Record) -> Found
  var found: Found?

  init(read: @escaping (Record) -> Found) { self.read = read }

  func wants(_ kind: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool {
    kind == .sessionMeta && found == nil
  }

  mutating func visit(_ record: Record) {
    if record.kind == .sessionMeta, found == nil { found = read(record) }
  }
}
