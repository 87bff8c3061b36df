package import JSON
package import System

/// A record that is too long to be held, without most of what fills it: the images in it.
///
/// An image stands in a record as one string of many MB, which nobody looks into and which goes out as
/// it is. So what of it fills whole pieces of the file is left out as they are read, and a mark, made
/// up for each gap, stands in its place. All else about the record is as if it were whole, and so is
/// what is written of it once the marks are exchanged for what belongs there.
package final class LongRecord {
  /// Something that was left out.
  private struct Gap {
    let mark: [UInt8]
    /// In bytes of the file.
    var range: Range<Int>
  }

  private var gaps: [Gap] = []
  /// Where its line ends, in bytes from the start of the file.
  private(set) var end: Int
  private let file: File
  private let limit: Int
  private let buffer: UnsafeMutableRawBufferPointer
  private var filled = 0

  /// Shorter records are none of these, in bytes.
  static let smallestSize = LineReader.bufferSize
  /// How much is read at a time, and left out if it is part of an image.
  private static let pieceSize = 64 * 1024
  /// One of which more is left than this, in bytes, is better read whole.
  private static let bufferSize = 16 * pieceSize

  /// - Parameter range: Where the record begins, and where its line has ended at the latest.
  /// - Returns: Nil where it has to be read whole.
  init?(_ file: File, in range: Range<Int>) throws(SystemError) {
    self.file = file
    end = range.lowerBound
    limit = range.upperBound
    buffer = .allocate(byteCount: Self.bufferSize, alignment: 16)
    guard try mayHoldImage(before: range.lowerBound + Self.smallestSize) else { return nil }
    while end < limit, try readPiece() {}
    guard !gaps.isEmpty, hasRoom, end - range.lowerBound < UInt32.max else { return nil }
  }

  deinit { buffer.deallocate() }

  /// The text that is left, marks included.
  private var text: UnsafeBufferPointer<UInt8> { bytes(0..<filled) }

  private func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(rebasing: buffer[range]).bindMemory(to: UInt8.self)
  }

  /// Whether there is room for another piece: less as long as no image was found.
  private var hasRoom: Bool {
    filled + Self.pieceSize <= (gaps.isEmpty ? Self.smallestSize + Self.pieceSize : buffer.count)
  }

  /// Whether it looks as if an image filled what stands before a place: most records tell by that
  /// that they are no case of this.
  private func mayHoldImage(before place: Int) throws(SystemError) -> Bool {
    let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<1024])
    let count = try file.read(at: place - part.count, into: part)
    return isSolid(bytes(0..<count))
  }

  /// Reads what comes next; false where that was the last of the line, or too much.
  private func readPiece() throws(SystemError) -> Bool {
    guard hasRoom else { return false }
    try Cancellation.checkReading(file.path)
    let room = buffer[filled...].prefix(min(Self.pieceSize, limit - end))
    let count = try file.read(at: end, into: UnsafeMutableRawBufferPointer(rebasing: room))
    guard count > 0 else { return false }
    let piece = bytes(filled..<(filled + count))
    if count == Self.pieceSize, isSolid(piece), leaveOut(end..<(end + count)) {
      end += count
      return true
    }
    let newline = piece.firstIndex(of: UInt8(ascii: "\n"), from: 0)
    filled += newline ?? count
    end += newline ?? count
    return newline == nil
  }

  /// Leaves a part of the file out of the text if it belongs to an image.
  private func leaveOut(_ part: Range<Int>) -> Bool {
    if let last = gaps.indices.last, gaps[last].range.upperBound == part.lowerBound {
      gaps[last].range = gaps[last].range.lowerBound..<part.upperBound
      return true
    }
    guard Self.endsInImage(text) else { return false }
    // No text holds it by chance, and outside of a string, or behind a backslash, it is an error.
    let mark = Array("~\(UInt64.random(in: .min ... .max))~".utf8)
    buffer[filled...].copyBytes(from: mark)
    filled += mark.count
    gaps.append(Gap(mark: mark, range: part))
    return true
  }

  /// Whether a text ends within a string that is data by its name, or a data URL in a list.
  private static func endsInImage(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let quote = text.lastIndex(of: UInt8(ascii: "\""), before: text.count) else {
      return false
    }
    let before = text[..<quote]
    if text[(quote + 1)...].starts(with: "data:".utf8), let last = before.last {
      if last == UInt8(ascii: "[") || last == UInt8(ascii: ",") { return true }
    }
    return [#"_url":"#, #""url":"#, #""data":"#, #""result":"#].contains {
      before.suffix($0.utf8.count).elementsEqual($0.utf8)
    }
  }
}

extension LongRecord {
  /// The record; nil where its line holds anything else. Valid as long as this is.
  ///
  /// - Parameter mayOmitImages: Whether all that is called an image in a record goes out once and as
  ///   it is, as part of an item, or not at all. Elsewhere the same names stand for what is quoted,
  ///   shown twice or kept: the words of a command, the address of a page, that of a repository.
  func parse(
    at location: RecordLocation, with parser: JSONParser, where mayOmitImages: (Record) -> Bool
  ) -> Record? {
    guard let root = try? parser.parse(text, mode: .lenient), root.offset == 0 else { return nil }
    let rest = text.count - parser.consumed
    guard text.suffix(rest).allSatisfy({ $0 == UInt8(ascii: "\r") }) else { return nil }
    let length = end - location.offset - rest
    let record = Record(
      root, at: RecordLocation(offset: location.offset, length: length, file: Int(location.file)))
    return record.flatMap { mayOmitImages($0) ? $0 : nil }
  }

  /// Writes text that was made of the record, with what was left out.
  ///
  /// - Parameter pause: Called between parts that are not large.
  /// - Throws: When the file can no longer be read; all but what is missing was written.
  package func write(
    _ text: [UInt8], to out: inout JSONWriter, _ pause: (inout JSONWriter) -> Void
  ) throws(SystemError) {
    var failure: SystemError?
    var written = 0
    let found = gaps.flatMap { gap in places(of: gap.mark, in: text).map { ($0, gap) } }
    for (place, gap) in found.sorted(by: { $0.0 < $1.0 }) {
      out.raw(text[written..<place])
      written = place + gap.mark.count
      do throws(SystemError) { try write(gap, to: &out, pause) } catch { failure = error }
    }
    out.raw(text[written...])
    pause(&out)
    if let failure { throw failure }
  }

  /// Nowhere if it is not shown, several times if it is shown so often.
  private func places(of mark: [UInt8], in text: [UInt8]) -> [Int] {
    text.withUnsafeBufferPointer { text in
      mark.withUnsafeBufferPointer { mark in
        var places: [Int] = []
        var rest = text
        while let place = rest.firstIndex(of: mark) {
          places.append(text.count - rest.count + place)
          rest = UnsafeBufferPointer(rebasing: rest[(place + mark.count)...])
        }
        return places
      }
    }
  }

  /// Whatever stands there by now, it cannot end the string that it belongs to.
  private func write(
    _ gap: Gap, to out: inout JSONWriter, _ pause: (inout JSONWriter) -> Void
  ) throws(SystemError) {
    var rest = gap.range.count
    try file.forEachChunk(in: gap.range) { piece in
      piece.withUnsafeBytes {
        out.contents($0.bindMemory(to: UInt8.self), areEscaped: false)
      }
      rest -= piece.byteCount
      pause(&out)
    }
    if rest > 0 { throw SystemError(operation: "read", path: file.path, reason: "it was cut") }
  }
}
