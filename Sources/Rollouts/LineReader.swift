import JSON
package import Platform

/// Splits a part of a file into lines, with one reused buffer.
///
/// The buffer grows for a longer line and shrinks again behind it. The lines of a file in memory
/// are read without a copy.
package final class LineReader {
  /// What to do with a line that does not fit into the buffer.
  package enum LongLine {
    /// The line is returned whole.
    case kept
    /// The line is skipped.
    case skipped
    /// The line was read by other means and ends at this offset.
    case wasRead(to: Int)
  }

  /// The number of bytes that are read at a time; they fit into a processor's cache.
  package static let bufferSize = 256 * 1024

  private let file: File
  private let end: Int
  private let smallestSize: Int
  /// Whether the buffer is the memory of the file, which holds the whole part.
  private let isLent: Bool
  private var buffer: UnsafeMutableRawBufferPointer
  /// The offset in the file of the first byte of the buffer.
  private var bufferOffset: Int
  private var filled = 0
  /// The index in the buffer at which the next line begins; `searched` is the index up to which its
  /// end was searched for.
  private var lineStart = 0
  private var searched = 0

  /// - Parameters:
  ///   - range: The part of the file in bytes; it may go on behind the end of the file.
  ///   - bufferSize: The largest number of bytes that are read at a time; a small one where only
  ///     the first lines are needed.
  package init(_ file: File, in range: Range<Int>, bufferSize: Int = bufferSize) {
    self.file = file
    if let loaded = file.loadedBytes {
      let part = loaded[range.clamped(to: 0..<loaded.count)]
      (bufferOffset, end) = (part.startIndex, part.endIndex)
      (smallestSize, filled) = (part.count, part.count)
      buffer = UnsafeMutableRawBufferPointer(mutating: UnsafeRawBufferPointer(rebasing: part))
      isLent = true
      return
    }
    isLent = false
    bufferOffset = range.lowerBound
    end = range.upperBound
    // A whole small file fits, with room left: a full buffer means a line that does not fit.
    smallestSize = range.count < bufferSize ? range.count + 1 : bufferSize
    buffer = .allocate(byteCount: smallestSize, alignment: 16)
  }

  deinit {
    if !isLent { buffer.deallocate() }
  }

  /// The offset of the next line, in bytes from the start of the file.
  var lineOffset: Int { bufferOffset + lineStart }

  /// Skips the rest of a line that began before the range.
  func skipLine() throws(SystemError) { _ = try skipToNewline() }

  /// The next line without its `\n`, and its offset in the file; nil at the end. The bytes are
  /// valid until the next call.
  ///
  /// - Parameter decide: Called once for a line that does not fit into the buffer, with the part
  ///   that fits and the offset of the line.
  /// - Throws: The error of the file if it cannot be read further.
  package func next(
    ifLong decide: (UnsafeBufferPointer<UInt8>, _ offset: Int) -> LongLine
  ) throws(SystemError) -> (bytes: UnsafeBufferPointer<UInt8>, offset: Int)? {
    var isLong = false
    while true {
      if let newline = newline() {
        return take(upTo: newline, skipping: 1)
      }
      if lineStart == 0, filled == buffer.count, !isLong, !isLent {
        if holdsOnlyNULs {
          forget()
          continue
        }
        switch decide(bytes(0..<filled), bufferOffset) {
        case .kept: isLong = true
        case .skipped: guard try skipToNewline() else { return nil }
        case .wasRead(let end): forget(to: end)
        }
        if !isLong { continue }
      }
      guard try fill() else {
        return lineStart < filled ? take(upTo: filled, skipping: 0) : nil
      }
    }
  }

  /// Whether the buffer holds nothing but NULs. A crash can leave a gigabyte of them, which belong
  /// to no line.
  private var holdsOnlyNULs: Bool { bytes(0..<filled).allSatisfy { $0 == 0 } }

  /// Continues behind the content of the buffer.
  private func forget() { forget(to: bufferOffset + filled) }

  /// Continues at an offset in the file.
  private func forget(to offset: Int) {
    bufferOffset = offset
    filled = 0
    lineStart = 0
    searched = 0
  }

  private func newline() -> Int? {
    if let found = bytes(0..<filled).firstIndex(of: UInt8(ascii: "\n"), from: searched) {
      return found
    }
    searched = filled
    return nil
  }

  private func take(
    upTo lineEnd: Int, skipping count: Int
  ) -> (bytes: UnsafeBufferPointer<UInt8>, offset: Int) {
    defer {
      lineStart = lineEnd + count
      searched = lineStart
    }
    return (bytes(lineStart..<lineEnd), bufferOffset + lineStart)
  }

  private func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(rebasing: buffer[range]).bindMemory(to: UInt8.self)
  }

  /// Makes room behind the rest of the buffer and reads more; false at the end.
  private func fill() throws(SystemError) -> Bool {
    if isLent { return false }
    moveRestToFront()
    if filled == buffer.count { resize(to: buffer.count * 2) }
    let room = min(buffer.count - filled, end - bufferOffset - filled)
    guard room > 0 else { return false }
    try Cancellation.checkReading(file.path)
    let part = UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<(filled + room)])
    let count = try file.read(at: bufferOffset + filled, into: part)
    filled += count
    return count > 0
  }

  private func moveRestToFront() {
    guard lineStart > 0 else { return }
    let rest = filled - lineStart
    // The ranges may overlap: the bytes are copied as by `memmove`.
    buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[lineStart..<filled]))
    bufferOffset += lineStart
    searched -= lineStart
    filled = rest
    lineStart = 0
    if buffer.count > smallestSize, rest <= smallestSize / 2 { resize(to: smallestSize) }
  }

  private func resize(to size: Int) {
    let resized = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    preferHugePages(for: resized)
    resized.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
    buffer.deallocate()
    buffer = resized
  }

  /// Skips the bytes up to the end of the line; false at the end of the file.
  private func skipToNewline() throws(SystemError) -> Bool {
    repeat {
      if let newline = newline() {
        lineStart = newline + 1
        searched = lineStart
        return true
      }
      forget()
    } while try fill()
    return false
  }
}
