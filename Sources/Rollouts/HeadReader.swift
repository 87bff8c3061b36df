import JSON
package import System

/// Finds the record that says who a thread is, without reading further than it has to.
package enum HeadReader {
  /// How far into a file its header may stand (ROLLOUTS.md 5).
  private static let searched = 1 << 20
  /// How long a header may be (ROLLOUTS.md 7).
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
    let lines = LineReader(file, in: 0..<limit, bufferSize: bufferSize)
    let reader = RecordReader()
    var visitor = MetaVisitor()
    while visitor.meta == nil, let line = try lines.next(skippingIf: { _, _ in false }),
      line.offset < searched
    {
      reader.readLine(line.bytes, at: line.offset, of: 0, &visitor)
    }
    return visitor.meta
  }

  /// Whether anything in a file is a record, wherever it stands.
  package static func hasRecord(_ file: File) throws(SystemError) -> Bool {
    let lines = LineReader(file, in: 0..<Int.max)
    let reader = RecordReader()
    var visitor = AnyVisitor()
    while !visitor.hasRecord, let line = try lines.next(skippingIf: { _, _ in false }) {
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

private struct MetaVisitor: RecordVisitor {
  var meta: SessionMeta?

  func wants(_ kind: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool {
    kind == .sessionMeta && meta == nil
  }

  mutating func visit(_ record: Record) {
    if record.kind == .sessionMeta, meta == nil { meta = SessionMeta(record) }
  }
}
