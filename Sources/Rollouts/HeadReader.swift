package import JSON
package import System

/// Finds the record that says who a thread is, without reading further than it has to.
package enum HeadReader {
  /// How far into a file its header may stand (ROLLOUTS.md 5).
  private static let searched = 1 << 20
  /// How long a header may be (ROLLOUTS.md 5).
  static let limit = 16 << 20
  /// Most headers are shorter.
  private static let bufferSize = 32 * 1024
  /// How much of a compressed file is unpacked at first.
  private static let unpackedFirst = 128 << 10

  /// The first `session_meta` of the file at a path, of a compressed one too.
  package static func sessionMeta(at path: String) throws(SystemError) -> SessionMeta? {
    let head = try RolloutFile.open(path, upTo: unpackedFirst)
    if let meta = try sessionMeta(of: head) { return meta }
    guard RolloutFile.isCompressed(path), try head.status().size >= unpackedFirst else {
      return nil
    }
    return try sessionMeta(of: RolloutFile.open(path, upTo: limit))
  }

  /// The first `session_meta` of a file; nil where none is near its beginning.
  package static func sessionMeta(of file: File) throws(SystemError) -> SessionMeta? {
    try find(in: file) { SessionMeta($0) }
  }

  /// The payload of that record, member for member.
  package static func sessionMetaPayload(of file: File) throws(SystemError) -> RawJSON? {
    try find(in: file) { RawJSON($0.payload) }
  }

  private static func find<Found>(
    in file: File, _ read: @escaping (Record) -> Found
  ) throws(SystemError) -> Found? {
    let lines = LineReader(file, in: 0..<limit, bufferSize: bufferSize)
    let reader = RecordReader()
    var visitor = MetaVisitor(read: read)
    while visitor.found == nil, let line = try lines.next(ifLong: { _, _ in .kept }),
      line.offset < searched
    {
      reader.readLine(line.bytes, at: line.offset, of: 0, &visitor)
    }
    return visitor.found
  }

  /// Whether anything in a file is a record, wherever it stands.
  package static func hasRecord(_ file: File) throws(SystemError) -> Bool {
    let lines = LineReader(file, in: 0..<Int.max)
    let reader = RecordReader()
    var visitor = AnyVisitor()
    while !visitor.hasRecord, let line = try lines.next(ifLong: { _, _ in .kept }) {
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
