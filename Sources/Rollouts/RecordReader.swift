package import JSON
package import System

/// Something that goes over the records of a thread.
package protocol RecordVisitor {
  /// Whether a record of this kind has to be parsed. Asked once for each record of the usual form.
  ///
  /// - Parameter text: Its line, or the beginning of one that is very long.
  func wants(_ kind: RecordKind, _ text: UnsafeBufferPointer<UInt8>) -> Bool

  /// A look at a wanted record before it is parsed, which costs several times as much; true if that
  /// was enough. Not every wanted record comes here.
  mutating func visitUnparsed(
    _ kind: RecordKind, _ payload: JSONMembers, at location: RecordLocation
  ) -> Bool

  /// A record that is wanted. The images in a very long one are not whole (`LongRecord`).
  mutating func visit(_ record: Record)

  /// Whether a wanted record, if it is a very long one, may come without the images in it
  /// (`LongRecord`).
  func mayOmitImages(_ record: Record) -> Bool

  /// A record that is not wanted; its location has no exact length.
  mutating func visitUnwanted(_ kind: RecordKind, at location: RecordLocation)

  /// Something that is no record was passed over.
  mutating func skip(_ damage: Damage)

  /// Whether it has seen enough. Asked before each line.
  var isDone: Bool { get }
}

extension RecordVisitor {
  package mutating func visitUnparsed(
    _ kind: RecordKind, _ payload: JSONMembers, at location: RecordLocation
  ) -> Bool {
    false
  }

  package func mayOmitImages(_ record: Record) -> Bool { false }
  package mutating func visitUnwanted(_ kind: RecordKind, at location: RecordLocation) {}
  package mutating func skip(_ damage: Damage) {}
  package var isDone: Bool { false }
}

/// A part of a file that could not be used (ROLLOUTS.md 5).
package struct Damage: Equatable, Sendable {
  /// The index of the file in its chain.
  package let file: Int
  /// In bytes from the start of the file.
  package let offset: Int
  /// Why the part could not be used, for the log.
  package let reason: String
}

/// Cuts files into records and survives whatever stands between them.
package final class RecordReader {
  private let parser = JSONParser()

  package init() {}

  /// Shows every record of one file to the visitor, in order.
  ///
  /// - Parameters:
  ///   - range: The bytes that belong, from a line's beginning on.
  ///   - isCut: Whether the range may begin within a line, the rest of which is then passed over;
  ///     never that of a whole file.
  ///   - index: The file's place in its chain.
  /// - Returns: Where the first line begins that was not shown.
  /// - Throws: When the file cannot be read further; what was read was shown.
  @discardableResult
  package func read(
    _ file: File, in range: Range<Int>, isCut: Bool = false, index: Int = 0,
    _ visitor: inout some RecordVisitor
  ) throws(SystemError) -> Int {
    // From the byte before, which is a line end if the range begins with a line after all.
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

  /// Passes over a long record that is not wanted, or shows one without the images in it; whatever
  /// else begins like this is to be read as any other line.
  private func readLong(
    _ beginning: UnsafeBufferPointer<UInt8>, at offset: Int, of file: File, upTo limit: Int,
    _ index: Int, _ visitor: inout some RecordVisitor
  ) -> LineReader.LongLine {
    guard let tags = RecordTags(beginning) else { return .kept }
    let location = RecordLocation(offset: offset, length: beginning.count, file: index)
    guard visitor.wants(tags.kind, beginning) else {
      // Behind it another record may stand, which is wanted.
      if beginning.beginsAnotherRecord { return .kept }
      visitor.visitUnwanted(tags.kind, at: location)
      return .passedOver
    }
    // What cannot be read now is not read as a line either, and fails there.
    guard let long = try? LongRecord(file, in: offset..<limit),
      let record = long.parse(at: location, with: parser, where: visitor.mayOmitImages)
    else { return .kept }
    withExtendedLifetime(long) { visitor.visit(record) }
    return .wasRead(to: long.end)
  }

  /// Shows the records of one line: one, as a rule.
  func readLine(
    _ line: UnsafeBufferPointer<UInt8>, at offset: Int, of index: Int,
    _ visitor: inout some RecordVisitor
  ) {
    var rest = withoutPadding(line)
    if rest.isEmpty, line.contains(0) {
      visitor.skip(Damage(file: index, offset: offset, reason: "NULs in place of a record"))
    }
    while !rest.isEmpty {
      let at = offset + distance(from: line, to: rest)
      if let tags = RecordTags(rest) {
        let location = RecordLocation(offset: at, length: rest.count, file: index)
        let isWanted = visitor.wants(tags.kind, rest)
        if isWanted ? tags.kind.isOftenLarge : true, rest.holdsOneRecord {
          guard isWanted else { return visitor.visitUnwanted(tags.kind, at: location) }
          if visitor.visitUnparsed(tags.kind, JSONMembers(tags.payload), at: location) { return }
        }
      }
      rest = readRecord(rest, at: at, of: index, &visitor)
    }
  }

  /// Parses one value, shows it if it is a record, and returns what stands behind it on the line.
  private func readRecord(
    _ text: UnsafeBufferPointer<UInt8>, at offset: Int, of index: Int,
    _ visitor: inout some RecordVisitor
  ) -> UnsafeBufferPointer<UInt8> {
    do throws(JSONError) {
      let root = try parser.parse(text, mode: .lenient)
      let location = RecordLocation(offset: offset, length: parser.consumed, file: index)
      let rest = withoutPadding(UnsafeBufferPointer(rebasing: text[parser.consumed...]))
      if let record = Record(root, at: location) {
        visitor.visit(record)
      } else {
        visitor.skip(Damage(file: index, offset: offset, reason: "not a record"))
      }
      return rest
    } catch {
      visitor.skip(Damage(file: index, offset: offset, reason: error.message))
      // Beginnings inside of what is too deep would be too deep as well, one by one.
      return error == .tooDeep
        ? UnsafeBufferPointer(rebasing: text[text.count...]) : nextRecord(in: text)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether nothing but one record stands on a line, as far as its ends tell, the payload's and its
  /// own, and the beginnings of others, which cannot stand in a string: its quotes would be escaped
  /// there.
  var holdsOneRecord: Bool { suffix(2).elementsEqual("}}".utf8) && !beginsAnotherRecord }

  /// Whether another record begins behind the one at the beginning of a line, as far as that can be
  /// told without parsing.
  fileprivate var beginsAnotherRecord: Bool {
    UnsafeBufferPointer(rebasing: dropFirst()).contains(#"{"timestamp":"#)
  }
}

/// Behind a torn record the same or another one may begin on the same line, where a writer went on
/// after a crash. All writers begin a record with its time.
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

/// The text without white space, NULs and byte order marks at its ends.
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

@inline(__always)
private func isPadding(_ byte: UInt8) -> Bool {
  byte == 0 || byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
}

private func distance(
  from line: UnsafeBufferPointer<UInt8>, to rest: UnsafeBufferPointer<UInt8>
) -> Int {
  guard let start = line.baseAddress, let here = rest.baseAddress else { return 0 }
  return here - start
}
