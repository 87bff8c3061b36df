package import JSON
package import Platform

/// A visitor of the records of a thread.
package protocol RecordVisitor {
  /// Whether a record of this kind is wanted. Called once for each record of the usual form.
  ///
  /// - Parameter text: The line of the record, or the beginning of a very long one.
  func wants(_ kind: RecordKind, _ text: UnsafeBufferPointer<UInt8>) -> Bool

  /// Visits a wanted record that is not parsed yet, which costs much more. Not every wanted record
  /// is visited in this way.
  ///
  /// - Returns: Whether that was enough, so that the record is not parsed.
  mutating func visitUnparsed(
    _ kind: RecordKind, _ payload: JSONMembers, at location: RecordLocation
  ) -> Bool

  /// Visits a wanted record. A very long one may be without the middle of its long strings
  /// (`LongRecord`), for which marks stand (`FileGap`).
  mutating func visit(_ record: Record)

  /// Visits a record that is not wanted; the length in its location is not exact.
  mutating func visitUnwanted(_ kind: RecordKind, at location: RecordLocation)

  /// Visits a part of the file that is not a record and was skipped.
  mutating func skip(_ damage: Damage)

  /// Whether reading ends. Called before each line.
  var isDone: Bool { get }
}

extension RecordVisitor {
  package mutating func visitUnparsed(
    _ kind: RecordKind, _ payload: JSONMembers, at location: RecordLocation
  ) -> Bool {
    false
  }

  package mutating func visitUnwanted(_ kind: RecordKind, at location: RecordLocation) {}
  package mutating func skip(_ damage: Damage) {}
  package var isDone: Bool { false }
}

/// A part of a file that could not be used (ROLLOUTS.md 5).
package struct Damage: Equatable, Sendable {
  /// The index of the file in its chain.
  package let file: Int
  /// The offset of the part, in bytes from the start of the file.
  package let offset: Int
  /// Why the part could not be used, for the log.
  package let reason: String
  /// Whether a record could not be used, and not only something beside a record.
  package var costsRecord = true
}

/// Splits files into records, and skips damage between them.
package final class RecordReader {
  private let parser = JSONParser()

  package init() {}

  /// Visits all records in a part of a file, in their order.
  ///
  /// - Parameters:
  ///   - range: The part of the file in bytes, from the beginning of a line on.
  ///   - isCut: Whether the range may begin within a line, whose rest is then skipped; false for a
  ///     whole file.
  ///   - index: The index of the file in its chain.
  /// - Returns: The offset of the first line that was not read.
  /// - Throws: The error of the file if it cannot be read further; the records before were visited.
  @discardableResult
  package func read(
    _ file: File, in range: Range<Int>, isCut: Bool = false, index: Int = 0,
    _ visitor: inout some RecordVisitor
  ) throws(SystemError) -> Int {
    // Reading starts one byte earlier, which is a line end if the range begins with a line.
    let lines = LineReader(file, in: (range.lowerBound - (isCut ? 1 : 0))..<range.upperBound)
    if isCut { try lines.skipLine() }
    while !visitor.isDone,
      let line = try lines.next(ifLong: {
        readLong($0, at: $1, of: file, upTo: range.upperBound, index, &visitor)
      })
    {
      readLine(line.bytes, at: line.offset, of: index, &visitor)
    }
    return lines.lineOffset
  }

  /// Skips a long record that is not wanted, or visits one without the middle of its long strings.
  /// A record that has to be in memory is to be read as usual.
  func readLong(
    _ beginning: UnsafeBufferPointer<UInt8>, at offset: Int, of file: File, upTo limit: Int,
    _ index: Int, _ visitor: inout some RecordVisitor
  ) -> LineReader.LongLine {
    if let tags = RecordTags(beginning), !visitor.wants(tags.kind, beginning),
      !beginning.beginsAnotherRecord
    {
      visitor.visitUnwanted(
        tags.kind, at: RecordLocation(offset: offset, length: beginning.count, file: index))
      return .skipped
    }
    let padding = distance(from: beginning, to: withoutPadding(beginning))
    // An error of the file is met again when the line is read as usual.
    let content = try? LongRecord.read(file, in: (offset + padding)..<limit, index: index)
    switch content {
    case .record(let long)?:
      if beginning[..<padding].contains(0) || long.isPaddedWithNULs {
        skipNULs(at: offset, index, &visitor)
      }
      do throws(JSONError) {
        let record = try long.parse(with: parser)
        withExtendedLifetime(long) { visitor.visit(record) }
      } catch {
        return skip(error.message, at: offset, of: file, upTo: limit, index, &visitor)
      }
      return .wasRead(to: long.end)
    case .torn?:
      return skip("a torn record", at: offset, of: file, upTo: limit, index, &visitor)
    case .whole?, nil: return .kept
    }
  }

  /// Passes over a long line up to the next record on it, if there is one.
  private func skip(
    _ reason: String, at offset: Int, of file: File, upTo limit: Int, _ index: Int,
    _ visitor: inout some RecordVisitor
  ) -> LineReader.LongLine {
    visitor.skip(Damage(file: index, offset: offset, reason: reason))
    let next = try? nextRecord(of: file, in: (offset + 1)..<limit)
    return next.flatMap { $0 }.map { .wasRead(to: $0) } ?? .skipped
  }

  /// Visits the records on a line, usually one.
  func readLine(
    _ line: UnsafeBufferPointer<UInt8>, at offset: Int, of index: Int,
    _ visitor: inout some RecordVisitor
  ) {
    var rest = withoutPadding(line)
    if rest.count < line.count { notePadding(of: line, around: rest, at: offset, index, &visitor) }
    while !rest.isEmpty {
      let at = offset + distance(from: line, to: rest)
      if let tags = RecordTags(rest) {
        let isWanted = visitor.wants(tags.kind, rest)
        if isWanted ? tags.kind.isOftenLarge : true, rest.holdsOneRecord {
          guard isWanted else {
            let location = RecordLocation(offset: at, length: rest.count, file: index)
            return visitor.visitUnwanted(tags.kind, at: location)
          }
          let location = RecordLocation(offset: at, of: rest, file: index)
          if visitor.visitUnparsed(tags.kind, JSONMembers(tags.payload), at: location) { return }
        }
      }
      rest = readRecord(rest, at: at, of: index, &visitor)
    }
  }

  /// Reports NULs around the records on a line. A file system may leave them where a crash has taken
  /// records.
  private func notePadding(
    of line: UnsafeBufferPointer<UInt8>, around records: UnsafeBufferPointer<UInt8>,
    at offset: Int, _ index: Int, _ visitor: inout some RecordVisitor
  ) {
    if records.isEmpty {
      guard line.contains(0) else { return }
      visitor.skip(Damage(file: index, offset: offset, reason: "NULs in place of a record"))
    } else {
      let start = distance(from: line, to: records)
      let padding = [line[..<start], line[(start + records.count)...]]
      if padding.contains(where: { $0.contains(0) }) { skipNULs(at: offset, index, &visitor) }
    }
  }

  /// Reports NULs around the records on the line at an offset.
  private func skipNULs(at offset: Int, _ index: Int, _ visitor: inout some RecordVisitor) {
    visitor.skip(
      Damage(file: index, offset: offset, reason: "NULs around a record", costsRecord: false))
  }

  /// Parses one value and visits it if it is a record.
  ///
  /// - Returns: The rest of the line.
  private func readRecord(
    _ text: UnsafeBufferPointer<UInt8>, at offset: Int, of index: Int,
    _ visitor: inout some RecordVisitor
  ) -> UnsafeBufferPointer<UInt8> {
    do throws(JSONError) {
      let root = try parser.parse(text, mode: .lenient)
      let bytes = UnsafeBufferPointer(rebasing: text[..<parser.consumed])
      let location = RecordLocation(offset: offset, of: bytes, file: index)
      let rest = withoutPadding(UnsafeBufferPointer(rebasing: text[parser.consumed...]))
      if let record = Record(root, at: location) {
        visitor.visit(record)
      } else {
        visitor.skip(Damage(file: index, offset: offset, reason: "not a record"))
      }
      return rest
    } catch {
      visitor.skip(Damage(file: index, offset: offset, reason: error.message))
      // Objects inside of a value that is nested too deeply would be so too.
      return error == .tooDeep
        ? UnsafeBufferPointer(rebasing: text[text.count...]) : nextRecord(in: text)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether a line probably consists of one record: it ends like a payload in a record, and does
  /// not contain the beginning of another record. In a string the quotes of such a beginning would
  /// be escaped.
  var holdsOneRecord: Bool { suffix(2).elementsEqual("}}".utf8) && !beginsAnotherRecord }

  /// The index of a text; nil where it does not occur.
  fileprivate func firstIndex(ofText text: String) -> Int? {
    Array(text.utf8).withUnsafeBufferPointer { firstIndex(of: $0) }
  }

  /// Whether another record begins on the line, as far as that can be seen without parsing.
  fileprivate var beginsAnotherRecord: Bool {
    UnsafeBufferPointer(rebasing: dropFirst()).contains(#"{"timestamp":"#)
  }
}

/// Finds the next record on a line of a file, behind a torn one; nil where there is none.
private func nextRecord(of file: File, in range: Range<Int>) throws(SystemError) -> Int? {
  let beginning = #"{"timestamp":"#
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
  defer { buffer.deallocate() }
  var offset = range.lowerBound
  while offset < range.upperBound {
    try Cancellation.checkReading(file.path)
    let count = try file.read(at: offset, into: buffer)
    let part = UnsafeRawBufferPointer(
      rebasing: buffer.prefix(min(count, range.upperBound - offset))
    )
    .bindMemory(to: UInt8.self)
    let newline = part.firstIndex(of: UInt8(ascii: "\n"), from: 0)
    let line = UnsafeBufferPointer(rebasing: part[..<(newline ?? part.count)])
    if let place = line.firstIndex(ofText: beginning) { return offset + place }
    if newline != nil || part.count < beginning.utf8.count { return nil }
    offset += part.count - beginning.utf8.count + 1
  }
  return nil
}

/// Finds the next record behind a torn one. A writer that continued after a crash may have begun it
/// on that line. All writers begin a record with its time.
private func nextRecord(in text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  let beginning = #"{"timestamp":"#.utf8
  var position = 1
  while position + beginning.count <= text.count {
    if text[position] == UInt8(ascii: "{"), text[position...].starts(with: beginning) {
      return UnsafeBufferPointer(rebasing: text[position...])
    }
    position += 1
  }
  return UnsafeBufferPointer(rebasing: text[text.count...])
}

/// The text without white space, NULs and byte order marks around it.
private func withoutPadding(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  var start = 0
  var end = text.count
  while start < end {
    if isPadding(text[start]) {
      start += 1
    } else if text[start...].starts(with: [0xEF, 0xBB, 0xBF]) {
      start += 3
    } else {
      break
    }
  }
  while end > start, isPadding(text[end - 1]) { end -= 1 }
  return UnsafeBufferPointer(rebasing: text[start..<end])
}

/// Whether a byte may surround a record on its line: white space or a NUL.
@inline(__always)
func isPadding(_ byte: UInt8) -> Bool {
  byte == 0 || byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
}

private func distance(
  from line: UnsafeBufferPointer<UInt8>, to rest: UnsafeBufferPointer<UInt8>
) -> Int {
  guard let start = line.baseAddress, let here = rest.baseAddress else { return 0 }
  return here - start
}
