import JSON
import Platform

/// Reads a very long record of a file in windows, and leaves out the middle of each long string that
/// is passed on unchanged or not at all (`FileGap`).
///
/// It knows as much of JSON as that takes: where strings begin and end, and which member they are
/// in. What is left is parsed as usual.
struct RecordCondenser: ~Copyable {
  /// How reading ended.
  enum End {
    /// Behind the record.
    case ofRecord
    /// The record is torn, or no object begins it.
    case torn
    /// What has to stay in memory is too much for the room.
    case full
  }

  private let file: File
  private let limit: Int
  private var window: UnsafeMutableRawBufferPointer
  /// The offset of the window in the file.
  private var windowStart: Int
  private var filled = 0
  private var position = 0
  /// The number of values that the text has at most.
  private var values = 0
  private var names = MemberNames()

  /// The text without the middle of long strings, with marks.
  private(set) var text: [UInt8] = []
  /// What was left out.
  private(set) var gaps: [FileGap] = []

  /// The offset of the record.
  private(set) var start: Int
  /// Whether NULs were skipped.
  private(set) var hasNULs = false

  /// The offset of the next byte.
  var offset: Int { windowStart + position }

  private static let windowSize = 64 * 1024
  /// The size in bytes up to which text is kept, and the number of its values: parsed, each takes 16
  /// bytes.
  private static let (textLimit, valueLimit) = (4 << 20, 256 * 1024)
  /// How many bytes of a long string are kept at its beginning: those that readers look at. At its
  /// end, between one and two steps are.
  private static let (head, step) = (16 * 1024, 4 * 1024)
  /// The size of a gap that is worth its mark, in bytes.
  private static let smallestGap = 32 * 1024

  /// - Parameter range: The part of the file from the beginning of the record to the last possible
  ///   end of its line.
  init(_ file: File, in range: Range<Int>) {
    self.file = file
    windowStart = range.lowerBound
    start = range.lowerBound
    limit = range.upperBound
    window = .allocate(byteCount: Self.windowSize, alignment: 16)
  }

  deinit { window.deallocate() }

  private var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(rebasing: window[..<filled]).bindMemory(to: UInt8.self)
  }

  /// Reads the record, which begins at `start` afterwards.
  mutating func read() throws(SystemError) -> End {
    try skipPadding()
    start = offset
    guard try hasNext(), bytes[position] == UInt8(ascii: "{") else { return .torn }
    repeat {
      guard try hasNext() else { return .torn }
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        guard try readString() else { return .torn }
        continue
      case UInt8(ascii: "\n"): return .torn
      case UInt8(ascii: "{"), UInt8(ascii: "["): names.open()
      case UInt8(ascii: "}"), UInt8(ascii: "]"): names.close()
      case UInt8(ascii: ":"): names.take()
      case UInt8(ascii: ","): break
      default: values -= 1
      }
      values += 1
      text.append(byte)
      position += 1
      guard text.count <= Self.textLimit, values <= Self.valueLimit else { return .full }
    } while names.depth > 0
    return .ofRecord
  }

  /// Skips what may surround a record on its line, up to the line's end.
  mutating func skipPadding() throws(SystemError) {
    while try hasNext(), bytes[position] != UInt8(ascii: "\n"), isPadding(bytes[position]) {
      if bytes[position] == 0 { hasNULs = true }
      position += 1
    }
  }

  /// Whether there is another byte; more of them are read if necessary.
  private mutating func hasNext() throws(SystemError) -> Bool { try has(1) }

  /// Whether a number of bytes is in the window, which are read if necessary.
  private mutating func has(_ count: Int) throws(SystemError) -> Bool {
    while filled - position < count {
      try Cancellation.checkReading(file.path)
      window.copyMemory(from: UnsafeRawBufferPointer(rebasing: window[position..<filled]))
      windowStart += position
      filled -= position
      position = 0
      let room = window[filled...].prefix(max(limit - windowStart - filled, 0))
      let read = try file.read(
        at: windowStart + filled, into: UnsafeMutableRawBufferPointer(rebasing: room))
      if read == 0 { return false }
      filled += read
    }
    return true
  }

  /// Reads a string; false where it does not end, or is none.
  private mutating func readString() throws(SystemError) -> Bool {
    text.append(UInt8(ascii: "\""))
    position += 1
    let textStart = text.count
    let start = offset
    let mayOmit = names.mayOmitString
    var nextStep = start + Self.head
    // The place from which on nothing was added to the text, and the last two between characters.
    var gap: (start: Int, end: Int, next: Int)?
    while true {
      _ = try has(16)
      guard try hasNext() else { return false }
      let begin = position
      position = endOfPlainRun(upTo: min(filled, max(nextStep - windowStart, begin)))
      if gap == nil { text += bytes[begin..<position] }
      if offset >= nextStep, position < filled, isCharacterStart(bytes[position]) {
        if let known = gap {
          gap = (known.start, known.next, offset)
        } else if mayOmit, mayOmitString(beginningWith: text[textStart...]) {
          gap = (offset, offset, offset)
        } else if text.count > Self.textLimit {
          return true  // The caller finds that the text is full.
        }
        nextStep = offset + Self.step
        continue
      }
      guard position < filled else { continue }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") { break }
      guard byte != UInt8(ascii: "\n") else { return false }
      let length = byte == UInt8(ascii: "\\") ? try escapeLength() : 1
      guard length > 0 else { return false }
      if gap == nil { text += bytes[position..<(position + length)] }
      position += length
    }
    if let gap { try leaveOut(gap.start..<gap.end, before: offset) }
    names.note(text[textStart...])
    text.append(UInt8(ascii: "\""))
    position += 1
    values += 1
    return true
  }

  /// Leaves a part of a string out of the text, if that is worth it, and adds what follows up to
  /// its end.
  private mutating func leaveOut(_ part: Range<Int>, before end: Int) throws(SystemError) {
    var rest = part.lowerBound..<end
    if part.count >= Self.smallestGap {
      let gap = try FileGap(file, part)
      gaps.append(gap)
      text += Array(gap.mark.utf8)
      rest = part.upperBound..<end
    }
    var copied = 0
    try file.forEachChunk(in: rest) { piece in
      piece.withUnsafeBytes { text += $0 }
      copied += piece.byteCount
    }
    guard copied == rest.count else { throw .gone(file.path) }
  }

  /// The index of the first quote, backslash or control character, or the end.
  private func endOfPlainRun(upTo end: Int) -> Int {
    let base = UnsafeRawPointer(bytes.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped)
    var position = position
    while position + 8 <= end {
      let word = UInt64(
        littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let hits = bytesToLookAt(word)
      if hits != 0 { return position + hits.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < end, bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\""),
      bytes[position] != UInt8(ascii: "\\")
    { position += 1 }
    return position
  }

  /// The length of the escape at the position, or of a pair of them; 0 where it is none.
  private mutating func escapeLength() throws(SystemError) -> Int {
    _ = try has(12)
    let length = min(bytes.escapeLength(at: position), filled - position)
    guard length > 1 else { return 0 }
    switch bytes[position + 1] {
    case UInt8(ascii: "u"):
      let digits = bytes[(position + 2)...].prefix(4)
      return digits.count == 4 && digits.allSatisfy(isHexDigit) ? (length == 12 ? 12 : 6) : 0
    case let letter: return "\"\\/bfnrt".utf8.contains(letter) ? 2 : 0
    }
  }
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  "0123456789abcdefABCDEF".utf8.contains(byte)
}

/// Whether a long string may lack its middle, by how it begins: not if the program reads it as JSON
/// or as a text with entities.
private func mayOmitString(beginningWith head: ArraySlice<UInt8>) -> Bool {
  let first = head.prefix(64)
  return first.first != UInt8(ascii: "{")
    && !String(decoding: first, as: UTF8.self).contains("<hook_prompt")
}
