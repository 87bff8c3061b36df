import JSON

/// Cuts a stream of bytes into lines.
///
///     splitter.append(chunk)
///     while let line = splitter.next() { … }
///
/// No byte is searched twice and no line is copied. Let go of a line before asking for the next.
package struct LineSplitter {
  private var buffer: [UInt8] = []
  /// Where the next line starts.
  private var lineStart = 0
  /// How far the buffer has been searched for a newline.
  private var searched = 0

  /// A buffer that needs more than this, in bytes, is made so large that it hardly ever grows again.
  private static let usualSize = 256 * 1024
  /// A buffer that one long line made larger than this is given back, in bytes.
  private static let keptCapacity = 1 << 20

  package init() {}

  /// How much memory the buffer takes, in bytes.
  var capacity: Int { buffer.capacity }

  /// Adds what was read, lines or parts of them. A line of many MB is hardly ever moved: to touch
  /// memory costs more than what is done with it.
  package mutating func append(_ bytes: ArraySlice<UInt8>) {
    let size = buffer.count + bytes.count
    if size > buffer.capacity, size > Self.usualSize {
      buffer.reserveCapacityToFill(max(2 * size, 16 << 20))
    }
    buffer.append(contentsOf: bytes)
  }

  /// Removes and returns the next whole line, without its newline; nil where none is whole yet.
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

  /// Removes and returns what stands behind the last newline, once no more bytes will come; nil where
  /// nothing does.
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
