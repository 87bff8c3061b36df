import JSON

/// Splits a stream of bytes into lines.
///
///     splitter.append(chunk)
///     while let line = splitter.next() { … }
///
/// No byte is searched twice and no line is copied. A line must be released before the next call,
/// because the buffer would be copied otherwise.
package struct LineSplitter {
  private var buffer: [UInt8] = []
  /// Where the next line starts.
  private var lineStart = 0
  /// How far the buffer has been searched for a newline.
  private var searched = 0

  /// The size in bytes up to which the buffer grows step by step. A larger buffer is made so large
  /// that it hardly ever grows again.
  private static let usualSize = 256 * 1024
  /// The size in bytes up to which the buffer is kept. A buffer that a long line made larger is
  /// released.
  private static let keptCapacity = 1 << 20

  /// Creates a splitter without any bytes.
  package init() {}

  /// The size of the buffer in bytes.
  var capacity: Int { buffer.capacity }

  /// Adds bytes that were read. A line of many MB is hardly ever moved, because that would take
  /// longer than parsing it.
  package mutating func append(_ bytes: ArraySlice<UInt8>) {
    let size = buffer.count + bytes.count
    if size > buffer.capacity, size > Self.usualSize {
      buffer.reserveCapacityToFill(max(2 * size, 16 << 20))
    }
    buffer.append(contentsOf: bytes)
  }

  /// Removes and returns the next complete line, without its newline; nil if no line is complete.
  package mutating func next() -> ArraySlice<UInt8>? {
    let start = searched
    let newline = buffer.withUnsafeBufferPointer { $0.firstIndex(of: 0x0A, from: start) }
    guard let newline else {
      dropTakenLines()
      return nil
    }
    defer {
      lineStart = newline + 1
      searched = lineStart
    }
    return buffer[lineStart..<newline]
  }

  /// Removes and returns the bytes after the last newline, at the end of the input; nil if there
  /// are none.
  package mutating func rest() -> ArraySlice<UInt8>? {
    guard lineStart < buffer.count else { return nil }
    defer {
      lineStart = buffer.count
      searched = lineStart
    }
    return buffer[lineStart...]
  }

  private mutating func dropTakenLines() {
    if buffer.capacity > Self.keptCapacity, lineStart > 0 {
      buffer = Array(buffer[lineStart...])
    } else {
      buffer.removeFirst(lineStart)
    }
    lineStart = 0
    searched = buffer.count
  }
}
