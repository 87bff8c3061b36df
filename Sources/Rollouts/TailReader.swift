import JSON
package import System

/// Looks at the end of a file.
package enum TailReader {
  private static let searched = 64 * 1024
  /// How much of an end is read at first: enough for the last records of most files.
  private static let shortEnd = 4 * 1024

  /// The status of a file and when the conversation in it last went on, in ms since 1970, if a quick
  /// look at its end tells.
  ///
  /// - Returns: No time where there is anything unusual: the whole file may still tell.
  package static func conversationTime(
    at path: String
  ) throws(SystemError) -> (status: FileStatus, time: Int64?) {
    let (status, end) = try File.end(of: path, count: shortEnd)
    if let time = conversationTime(in: end, isWhole: end.count == status.size) {
      return (status, time)
    }
    guard status.size > shortEnd else { return (status, nil) }
    let (newStatus, more) = try File.end(of: path, count: searched)
    return (newStatus, conversationTime(in: more, isWhole: more.count == newStatus.size))
  }

  /// Goes over the lines from the last one on.
  private static func conversationTime(in bytes: [UInt8], isWhole: Bool) -> Int64? {
    bytes.withUnsafeBufferPointer { bytes in
      let newline = UInt8(ascii: "\n")
      var end = bytes.last == newline ? bytes.count - 1 : bytes.count
      while end > 0 {
        let start = bytes.lastIndex(of: newline, before: end).map { $0 + 1 } ?? 0
        guard start > 0 || isWhole else { return nil }
        let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
        guard line.holdsOneRecord, let tags = RecordTags(line) else { return nil }
        if tags.kind.isConversation { return timestamp(of: line) }
        end = start - 1
      }
      return nil
    }
  }

  private static func timestamp(of line: UnsafeBufferPointer<UInt8>) -> Int64? {
    JSONMembers(line).first("timestamp").flatMap { quoted in
      RFC3339.parse(UnsafeBufferPointer(rebasing: quoted.dropFirst().dropLast()).span)
    }
  }

  /// When the last record near the end was written, in ms since 1970; nil where none tells.
  package static func lastTimestamp(of file: File) throws(SystemError) -> Int64? {
    let size = try file.status().size
    let lines = LineReader(file, in: max(0, size - searched)..<size)
    var visitor = TimeVisitor()
    let reader = RecordReader()
    while let line = try lines.next(ifLong: { _, _ in .passedOver }) {
      reader.readLine(line.bytes, at: line.offset, of: 0, &visitor)
    }
    return visitor.last
  }
}

private struct TimeVisitor: RecordVisitor {
  var last: Int64?

  func wants(_: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool { true }

  mutating func visit(_ record: Record) {
    last = record.root["timestamp"]?.timestamp ?? last
  }
}
