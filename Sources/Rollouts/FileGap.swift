package import JSON
package import Platform

/// The middle of a long string of a record, which is not read into memory. A mark stands for it in
/// the text of the record, and in whatever is made of that; when it is written, the mark is replaced
/// by the part of the file.
package struct FileGap: Sendable {
  private let file: File
  /// The part of the file, in bytes. It begins and ends between two characters of the string.
  private let range: Range<Int>
  private let fingerprint: UInt64

  /// How all marks begin: with a number of this process, so that no text holds it by chance.
  private static let beginning = "~\(UInt64.random(in: .min ... .max))~"

  /// - Throws: The error of the file that cannot be read.
  init(_ file: File, _ range: Range<Int>) throws(SystemError) {
    self.file = file
    self.range = range
    fingerprint = try Self.fingerprint(file, range)
  }

  /// The mark. Equal texts have equal marks, so that marked texts can be compared. Outside of a
  /// string, or behind a backslash, it is a syntax error.
  var mark: String { "\(Self.beginning)\(range.count)~\(fingerprint)~" }

  /// The part of a text before its first mark; the whole text if it has none.
  package static func beginning(of text: String) -> String {
    text.firstRange(of: beginning).map { String(text[..<$0.lowerBound]) } ?? text
  }

  /// Some of the bytes of a part of a file, as one number.
  private static func fingerprint(
    _ file: File, _ range: Range<Int>
  ) throws(SystemError) -> UInt64 {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 8, alignment: 8)
    defer { buffer.deallocate() }
    var sum = UInt64(truncatingIfNeeded: range.count)
    for sample in 0..<128 {
      let place = range.lowerBound + (range.count - 8) * sample / 127
      guard try file.read(at: place, into: buffer) == 8 else { throw .gone(file.path) }
      sum = (sum ^ buffer.load(as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
      sum ^= sum >> 29
    }
    return sum
  }
}

extension FileGap {
  /// Writes a text that was made of records, with the parts of the files that were left out of
  /// these.
  ///
  /// - Parameter pause: Called between parts that are not large.
  /// - Throws: The error of a file that can no longer be read, or was cut or overwritten; all that
  ///   could be read was written.
  package static func fill(
    _ gaps: [FileGap], in text: [UInt8], to out: inout JSONWriter,
    _ pause: (inout JSONWriter) -> Void
  ) throws(SystemError) {
    var failure: SystemError?
    var written = 0
    for (place, gap) in places(of: gaps, in: text) {
      out.raw(text[written..<place])
      written = place + gap.mark.utf8.count
      do throws(SystemError) {
        try gap.forEachPiece { piece in
          out.contents(piece, areEscaped: true)
          pause(&out)
          return true
        }
      } catch { failure = error }
    }
    out.raw(text[written...])
    pause(&out)
    if let failure { throw failure }
  }

  /// Hands a text that was made of records to `sink` in pieces, with the parts of the files that
  /// were left out of these.
  ///
  /// - Throws: As the first `fill`, and what `sink` throws.
  package static func fill(
    _ gaps: [FileGap], in text: [UInt8], to sink: (RawSpan) throws(SystemError) -> Void
  ) throws(SystemError) {
    if gaps.isEmpty { return try sink(text.span.bytes) }
    var failure: SystemError?
    var out = JSONWriter()
    try fill(gaps, in: text, to: &out) { out in
      if failure == nil {
        do throws(SystemError) { try sink(out.bytes.span.bytes) } catch { failure = error }
      }
      out.bytes.removeAll(keepingCapacity: true)
    }
    if let failure { throw failure }
  }

  /// Whether a text holds the mark of one of some gaps.
  package static func isMarked(_ text: String, _ gaps: [FileGap]) -> Bool {
    !gaps.isEmpty && !places(of: gaps, in: Array(text.utf8)).isEmpty
  }

  /// Divides a decoded text that was made of records into parts that are not large, with the parts
  /// of the files that were left out.
  ///
  /// - Parameter body: Returns whether to go on.
  /// - Throws: As `fill`.
  package static func forEachPart(
    of text: String, _ gaps: [FileGap], _ body: (String) -> Bool
  ) throws(SystemError) {
    let bytes = Array(text.utf8)
    var read = 0
    var goesOn = true
    for (place, gap) in places(of: gaps, in: bytes) where goesOn {
      goesOn = body(String(decoding: bytes[read..<place], as: UTF8.self))
      read = place + gap.mark.utf8.count
      try gap.forEachPiece { piece in
        if goesOn { goesOn = body(JSONText(escapedText: piece).string) }
        return goesOn
      }
    }
    if goesOn { _ = body(String(decoding: bytes[read...], as: UTF8.self)) }
  }

  /// The marks in a text, in its order; a gap can have none or several.
  private static func places(of gaps: [FileGap], in text: [UInt8]) -> [(Int, FileGap)] {
    let found = gaps.isEmpty ? [] : text.places(of: Array(beginning.utf8))
    return found.compactMap { place in
      let gap = gaps.first { text[place...].starts(with: $0.mark.utf8) }
      return gap.map { (place, $0) }
    }
  }

  /// Calls `body` with the part of the file in pieces that end between two characters.
  ///
  /// - Parameter body: Returns whether to go on.
  /// - Throws: The error of the file; `gone` if it was cut or overwritten, perhaps behind the last
  ///   piece.
  private func forEachPiece(
    _ body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(SystemError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
    defer { buffer.deallocate() }
    var offset = range.lowerBound
    while offset < range.upperBound {
      try Cancellation.checkReading(file.path)
      let room = buffer.prefix(min(buffer.count, range.upperBound - offset))
      let count = try file.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: room))
      guard count > 0 else { throw .gone(file.path) }
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count]).bindMemory(to: UInt8.self)
      let isLast = offset + count == range.upperBound
      let end = isLast ? count : bytes.endOfWholeCharacters
      let piece = UnsafeBufferPointer(rebasing: bytes[..<end])
      // In a file that was overwritten a quote could end the string that is written.
      guard !piece.hasBareQuote else { throw .gone(file.path) }
      guard body(piece) else { return }
      offset += end
    }
    guard try Self.fingerprint(file, range) == fingerprint else { throw .gone(file.path) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The index up to which the text, that of a string from the beginning of a character on, ends
  /// between two characters: not within an escape, a pair of them or a sequence of UTF-8. All of a
  /// text that has no such place.
  fileprivate var endOfWholeCharacters: Int {
    var position = placeOutsideEscapes(before: Swift.max(count - 1024, 0))
    var end = 0
    while position < count {
      if isCharacterStart(self[position]) { end = position }
      position += escapeLength(at: position)
    }
    return end == 0 ? count : end
  }

  /// Whether there is a quote that is not part of an escape, which ends a string.
  fileprivate var hasBareQuote: Bool {
    var position = 0
    while let quote = firstIndex(of: UInt8(ascii: "\""), from: position) {
      var backslashes = 0
      while quote - backslashes > 0, self[quote - backslashes - 1] == UInt8(ascii: "\\") {
        backslashes += 1
      }
      if backslashes.isMultiple(of: 2) { return true }
      position = quote + 1
    }
    return false
  }

  /// A place before an index that is within no escape: no backslash is among the bytes before, as
  /// many as a pair of escapes has. 0 where there is none.
  private func placeOutsideEscapes(before index: Int) -> Int {
    var position = index
    var others = 0
    while position > 0, others < 12 {
      position -= 1
      others = self[position] == UInt8(ascii: "\\") ? 0 : others + 1
    }
    return others == 12 ? position + 12 : 0
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The length of the escape at a place, of both escapes of a surrogate pair; 1 where there is
  /// none. A pair may go on behind the end.
  @inline(__always)
  func escapeLength(at position: Int) -> Int {
    guard self[position] == UInt8(ascii: "\\"), position + 1 < count else { return 1 }
    guard self[position + 1] == UInt8(ascii: "u") else { return 2 }
    let isHigh =
      position + 3 < count && self[position + 2] | 0x20 == UInt8(ascii: "d")
      && "89abAB".utf8.contains(self[position + 3])
    guard isHigh else { return 6 }
    let isPair =
      position + 7 >= count
      || self[position + 6] == UInt8(ascii: "\\") && self[position + 7] == UInt8(ascii: "u")
    return isPair ? 12 : 6
  }
}

/// Whether a byte of a string may begin a character: it does not continue a sequence of UTF-8.
func isCharacterStart(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }

extension [UInt8] {
  /// The indices at which a text occurs.
  fileprivate func places(of text: [UInt8]) -> [Int] {
    withUnsafeBufferPointer { bytes in
      text.withUnsafeBufferPointer { text in
        var places: [Int] = []
        var rest = bytes
        while let place = rest.firstIndex(of: text) {
          places.append(bytes.count - rest.count + place)
          rest = UnsafeBufferPointer(rebasing: rest[(place + text.count)...])
        }
        return places
      }
    }
  }
}
