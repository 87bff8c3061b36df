import JSON
import System

/// Looks at the end of a file.
enum TailReader {
  private static let searched = 64 * 1024

  /// When the last record near the end was written, in ms since 1970; nil where none tells.
  static func lastTimestamp(of file: File) throws(SystemError) -> Int64? {
    let size = try file.status().size
    let lines = LineReader(file, in: max(0, size - searched)..<size)
    var visitor = TimeVisitor()
    let reader = RecordReader()
    while let line = try lines.next(skippingIf: { _, _ in true }) {
      reader.readLine(line.bytes, at: line.offset, of: 0, &visitor)
    }
    return visitor.last
  }
}

private struct TimeVisitor: RecordVisitor {
  var last: Int64?

  func wants(_: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool { true }

  mutating func visit(_ record: Record) {
    last = record.root["timestamp"].flatMap(timestamp) ?? last
  }
}
