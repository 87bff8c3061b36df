package import Platform

/// The name of a rollout file, taken apart.
///
///     rollout-2026-03-04T09-15-30-019cabcd-12ef-7034-8567-89abcdef01e1.jsonl
///
/// A second UUID may follow behind `_`: that of a later segment of the thread or, from other tools,
/// that of the thread behind the one of its root. The name alone does not show which.
package struct RolloutName: Hashable, Sendable {
  /// When the file was created, in the local time of its writer, never in UTC.
  package let time: LocalTime
  /// The id of the thread, or of the root of its tree.
  package let firstID: UUID
  /// The id of a segment, or of the thread; nil in most names.
  package let secondID: UUID?
  /// Whether the file is compressed with zstd: `.jsonl.zst`.
  package let isCompressed: Bool
  /// Whether the name has the number of a copy, as file managers add it: ` (1).jsonl`.
  package let isCopy: Bool

  /// Creates the name of a new file.
  package init(time: LocalTime, thread: UUID, segment: UUID? = nil) {
    self.time = time
    firstID = thread
    secondID = segment
    isCompressed = false
    isCopy = false
  }

  /// The id by which another file refers to this one (`history_base.thread_id`).
  package var lastID: UUID { secondID ?? firstID }

  /// The day of `time`, counted from 1970.
  package var dayOfWriting: Int {
    CivilDate(year: time.year, month: time.month, day: time.day).daysSince1970
  }

  /// Whether two names are of one rollout, which may be compressed under one of them.
  package func isOfOneRollout(with other: RolloutName) -> Bool {
    time == other.time && firstID == other.firstID && secondID == other.secondID
      && isCopy == other.isCopy
  }

  /// Whether either UUID is this one.
  package func contains(_ id: UUID) -> Bool { firstID == id || secondID == id }
}

// Reading.
extension RolloutName {
  /// Reads a name; nil where the text is not the name of a rollout. The letters of a UUID may be of
  /// either case.
  package init?(_ text: String) {
    self.init(Array(text.utf8).span)
  }

  /// Reads a name in UTF-8, without an allocation; nil where the text is not the name of a rollout.
  package init?(_ text: Span<UInt8>) {
    guard text.has("rollout-", at: 0), let time = Self.time(text, at: 8), text.has("-", at: 27),
      let firstID = UUID(text, at: 28)
    else { return nil }
    var index = 64
    var secondID: UUID?
    if text.has("_", at: index) {
      secondID = UUID(text, at: index + 1)
      guard secondID != nil else { return nil }
      index += 37
    }
    isCopy = Self.skipCopyNumber(text, &index)
    guard text.has(".jsonl", at: index) else { return nil }
    index += 6
    isCompressed = text.has(".zst", at: index)
    guard index + (isCompressed ? 4 : 0) == text.count else { return nil }
    self.time = time
    self.firstID = firstID
    self.secondID = secondID
  }

  /// Reads a time in the form `2026-03-04T09-15-30`; nil for other texts.
  private static func time(_ text: Span<UInt8>, at start: Int) -> LocalTime? {
    guard let year = text.decimal(at: start, digits: 4), text.has("-", at: start + 4),
      let month = text.decimal(at: start + 5, digits: 2), text.has("-", at: start + 7),
      let day = text.decimal(at: start + 8, digits: 2), text.has("T", at: start + 10),
      let hour = text.decimal(at: start + 11, digits: 2), text.has("-", at: start + 13),
      let minute = text.decimal(at: start + 14, digits: 2), text.has("-", at: start + 16),
      let second = text.decimal(at: start + 17, digits: 2)
    else { return nil }
    return LocalTime(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }

  /// Skips ` (N)`; false where something else is next.
  private static func skipCopyNumber(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
    guard text.has(" (", at: index) else { return false }
    var end = index + 2
    while text.decimal(at: end, digits: 1) != nil { end += 1 }
    guard end > index + 2, text.has(")", at: end) else { return false }
    index = end + 1
    return true
  }
}

// Writing.
extension RolloutName: CustomStringConvertible {
  /// The name in its normal form: in lower case, without the number of a copy.
  package var description: String {
    String(unsafeUninitializedCapacity: length) { buffer in
      write(to: buffer)
      return length
    }
  }

  /// The length of the normal form, all of it ASCII.
  var length: Int { (secondID == nil ? 64 : 101) + ending.utf8CodeUnitCount }

  private var ending: StaticString { isCompressed ? ".jsonl.zst" : ".jsonl" }

  /// Writes the normal form to the beginning of a buffer.
  func write(to buffer: UnsafeMutableBufferPointer<UInt8>) {
    buffer.write("rollout-", at: 0)
    writeTime(to: buffer)
    buffer.write("-", at: 27)
    firstID.write(to: buffer, at: 28)
    if let secondID {
      buffer.write("_", at: 64)
      secondID.write(to: buffer, at: 65)
    }
    buffer.write(ending, at: length - ending.utf8CodeUnitCount)
  }

  /// Writes the time in the form `2026-03-04T09-15-30`.
  private func writeTime(to buffer: UnsafeMutableBufferPointer<UInt8>) {
    buffer.write(time.year, digits: 4, at: 8)
    buffer.write("-", at: 12)
    buffer.write(time.month, digits: 2, at: 13)
    buffer.write("-", at: 15)
    buffer.write(time.day, digits: 2, at: 16)
    buffer.write("T", at: 18)
    buffer.write(time.hour, digits: 2, at: 19)
    buffer.write("-", at: 21)
    buffer.write(time.minute, digits: 2, at: 22)
    buffer.write("-", at: 24)
    buffer.write(time.second, digits: 2, at: 25)
  }

  /// Whether the text that the name was read from is its normal form, that is, without upper case
  /// except the `T`.
  func isSpelled(_ text: Span<UInt8>) -> Bool {
    guard !isCopy else { return false }
    return text.withUnsafeBufferPointer { bytes in
      !bytes[28...].contains { $0 & 0xE0 == 0x40 && $0 != UInt8(ascii: "_") }
    }
  }

  /// The folder of a file with this name, below `sessions`: `2026/03/04`.
  package var dayFolder: String {
    "\(digits(time.year, 4))/\(digits(time.month, 2))/\(digits(time.day, 2))"
  }
}

/// A number with leading zeros.
private func digits(_ number: Int, _ count: Int) -> String {
  String(unsafeUninitializedCapacity: count) { buffer in
    buffer.write(number, digits: count, at: 0)
    return count
  }
}

extension UnsafeMutableBufferPointer<UInt8> {
  fileprivate func write(_ text: StaticString, at index: Int) {
    for offset in 0..<text.utf8CodeUnitCount { self[index + offset] = text.utf8Start[offset] }
  }

  /// Writes the last digits of a number, with leading zeros.
  fileprivate func write(_ number: Int, digits: Int, at index: Int) {
    var rest = number
    for position in (index..<(index + digits)).reversed() {
      self[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }
}
