import JSON
package import System

/// Looks at the end of a file.
package enum TailReader {
  private static let searched = 64 * 1024
  /// Enough for the last records of most files.
  private static let shortEnd = 8 * 1024

  /// When the conversation last went on, in ms since 1970, if a quick look at the end tells.
  ///
  /// - Parameter size: The file's, in bytes.
  /// - Returns: Nil where there is anything unusual: the whole file may still tell.
  package static func conversationTime(of file: File, size: Int) throws(SystemError) -> Int64? {
    let start = max(0, size - shortEnd)
    let lines = LineReader(file, in: start..<size, bufferSize: shortEnd)
    if start > 0 { try lines.skipLine() }
    var time: Int64?
    while let line = try lines.next(skippingIf: { _, _ in false }) {
      guard isOneRecord(line.bytes), let tags = RecordTags(line.bytes) else { return nil }
      guard tags.kind.isConversation else { continue }
      time = JSONMembers(line.bytes).first("timestamp").flatMap { quoted in
        RFC3339.parse(UnsafeBufferPointer(rebasing: quoted.dropFirst().dropLast()).span)
      }
      if time == nil { return nil }
    }
    return time
  }

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
