import JSON
package import Platform

/// Reads the end of a file.
package enum TailReader {
  /// The number of bytes at the end of a file that are read at most.
  private static let searched = 64 * 1024
  /// The number of bytes that are read at first: enough for the last records of most files.
  private static let shortEnd = 4 * 1024

  /// The status of a file, and the time of the last record of the conversation in ms since 1970, if
  /// that is found quickly.
  ///
  /// - Returns: No time if there is anything unusual at the end; the whole file may still hold one.
  /// - Throws: The error of the file if it cannot be read.
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

  /// Finds the last record of the conversation, from the last line backwards.
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

  /// Whether there is a record of the conversation near the end of a link. More of it may hold one.
  ///
  /// - Throws: The error of the file if it cannot be read.
  package static func hasConversation(_ link: RolloutChain.Link) throws(SystemError) -> Bool {
    let start = max(0, link.end - searched)
    let lines = LineReader(link.file, in: start..<link.end)
    if start > 0 { try lines.skipLine() }
    while let line = try lines.next(ifLong: { _, _ in .skipped }) {
      if RecordTags(line.bytes)?.kind.isConversation == true { return true }
    }
    return false
  }

  /// The time of the last record near the end of a file, in ms since 1970; nil where there is none.
  ///
  /// - Throws: The error of the file if it cannot be read.
  package static func lastTimestamp(of file: File) throws(SystemError) -> Int64? {
    let size = try file.status().size
    let lines = LineReader(file, in: max(0, size - searched)..<size)
    var visitor = TimeVisitor()
    let reader = RecordReader()
    while let line = try lines.next(ifLong: { _, _ in .skipped }) {
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
