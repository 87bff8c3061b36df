package import JSON
package import Platform

/// A record that is too long for memory, read without most of the images in it.
///
/// An image is a string of many MB, which is passed on unchanged. Those pieces of the file that it
/// fills are not read into memory; a unique mark replaces each gap. The rest of the record is read
/// as usual, and when it is written the marks are replaced by the parts of the file.
package final class LongRecord {
  /// A part of the file that was left out.
  private struct Gap {
    let mark: [UInt8]
    /// The range of the part, in bytes of the file.
    var range: Range<Int>
  }

  private var gaps: [Gap] = []
  /// The end of the record's line, in bytes from the start of the file.
  private(set) var end: Int
  private let file: File
  private let limit: Int
  private let buffer: UnsafeMutableRawBufferPointer
  private var filled = 0

  /// The size from which on a record is long, in bytes.
  static let smallestSize = LineReader.bufferSize
  /// The number of bytes that are read at a time, and left out if they are part of an image.
  private static let pieceSize = 64 * 1024
  /// The size of the buffer, in bytes. A record that does not fit without its images is read whole.
  private static let bufferSize = 16 * pieceSize

  /// - Parameter range: The part of the file from the beginning of the record to the last possible
  ///   end of its line.
  /// - Returns: Nil if the record has to be read whole.
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

  /// The text without the images, with the marks.
  private var text: UnsafeBufferPointer<UInt8> { bytes(0..<filled) }

  private func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(rebasing: buffer[range]).bindMemory(to: UInt8.self)
  }

  /// Whether there is room for another piece. Before the first image is found only little room is
  /// used.
  private var hasRoom: Bool {
    filled + Self.pieceSize <= (gaps.isEmpty ? Self.smallestSize + Self.pieceSize : buffer.count)
  }

  /// Whether an image may be directly before an offset, which rules out most records.
  private func mayHoldImage(before place: Int) throws(SystemError) -> Bool {
    let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<1024])
    let count = try file.read(at: place - part.count, into: part)
    return isSolid(bytes(0..<count))
  }

  /// Reads the next piece; false if it was the last one of the line, or does not fit.
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

  /// Leaves a part of the file out of the text, if it belongs to an image.
  private func leaveOut(_ part: Range<Int>) -> Bool {
    if let last = gaps.indices.last, gaps[last].range.upperBound == part.lowerBound {
      gaps[last].range = gaps[last].range.lowerBound..<part.upperBound
      return true
    }
    guard Self.endsInImage(text) else { return false }
    // No text contains the mark by chance, and outside of a string or behind a backslash it is a
    // syntax error.
    let mark = Array("~\(UInt64.random(in: .min ... .max))~".utf8)
    buffer[filled...].copyBytes(from: mark)
    filled += mark.count
    gaps.append(Gap(mark: mark, range: part))
    return true
  }

  /// Whether a text ends within a string that is data by its name, or a data URL in an array.
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
  /// Parses the record; nil where its line contains anything else. The record is valid as long as
  /// this object.
  ///
  /// - Parameter mayOmitImages: Whether every string with the name of an image in a record is
  ///   written once and unchanged, as a part of an item, or not at all. In other records such names
  ///   belong to strings that are quoted, shown twice or stored: the words of a command, the
  ///   address of a page or of a repository.
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

  /// Writes a text that was made of the record, with the parts that were left out.
  ///
  /// - Parameter pause: Called between parts that are not large.
  /// - Throws: The error of the file if it can no longer be read; all other parts were written.
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

  /// The indices at which a mark occurs; there can be none or several.
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

  /// Writes a part of the file, escaped, so that it cannot end the string around it even if the
  /// file has changed.
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
    if rest > 0 { throw .gone(file.path) }
  }
}
