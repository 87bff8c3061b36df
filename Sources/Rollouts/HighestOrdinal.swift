import JSON
import Platform

/// Finds the greatest ordinal of records without parsing most of them.
///
/// A line that only looks like a record may be counted. The next ordinals then have a gap, but no
/// ordinal is used twice.
struct HighestOrdinal {
  /// The greatest ordinal so far; nil if no record had one.
  var ordinal: Int64?

  /// The size of the end of a file that is read first, in bytes.
  private static let tailSize = 64 * 1024

  /// Reads the last records of the first `end` bytes of a file, as many as are needed to find an
  /// ordinal.
  mutating func read(endOf file: File, upTo end: Int) throws(SystemError) {
    var size = Self.tailSize
    repeat {
      let start = max(0, end - size)
      try read(file, in: start..<end, isCut: start > 0)
      size *= 4
    } while ordinal == nil && size < 4 * end
  }

  /// Reads the records in a part of a file.
  ///
  /// - Parameters:
  ///   - range: The part of the file, in bytes.
  ///   - isCut: Whether the part may begin inside a line, whose rest is then skipped.
  ///   - end: The first ordinal that is ignored.
  ///   - index: The index of the file in its chain.
  mutating func read(
    _ file: File, in range: Range<Int>, isCut: Bool = false, before end: Int64 = .max,
    index: Int = 0
  ) throws(SystemError) {
    let lines = LineReader(file, in: range)
    if isCut { try lines.skipLine() }
    let reader = RecordReader()
    while let line = try lines.next(ifLong: {
      readLong($0, at: $1, of: file, upTo: range.upperBound, before: end, index, reader)
    }) {
      if line.bytes.holdsOneRecord, let ordinal = leadingOrdinal(of: line.bytes),
        ordinal < Record.ordinalLimit
      {
        if ordinal < end { note(ordinal) }
      } else {
        var visitor = OrdinalLimit(visitor: OrdinalVisitor(highest: self), end: end)
        reader.readLine(line.bytes, at: line.offset, of: index, &visitor)
        self = visitor.visitor.highest
      }
    }
  }

  private mutating func readLong(
    _ beginning: UnsafeBufferPointer<UInt8>, at offset: Int, of file: File, upTo limit: Int,
    before end: Int64, _ index: Int, _ reader: RecordReader
  ) -> LineReader.LongLine {
    var visitor = OrdinalLimit(visitor: OrdinalVisitor(highest: self), end: end)
    defer { self = visitor.visitor.highest }
    return reader.readLong(beginning, at: offset, of: file, upTo: limit, index, &visitor)
  }

  /// Takes an ordinal into account.
  mutating func note(_ found: Int64) { ordinal = max(ordinal ?? found, found) }
}

/// The ordinal before the payload, where all known writers put it; nil if it is not there.
func leadingOrdinal(of line: UnsafeBufferPointer<UInt8>) -> Int64? {
  var members = JSONMembers(line)
  while let member = members.next(), !member.name.equals("payload") {
    if member.name.equals("ordinal") { return Int64(String(decoding: member.value, as: UTF8.self)) }
  }
  return nil
}

private struct OrdinalVisitor: RecordVisitor {
  var highest: HighestOrdinal

  func wants(_: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool { true }

  mutating func visit(_ record: Record) {
    if let ordinal = record.ordinal { highest.note(ordinal) }
  }
}
