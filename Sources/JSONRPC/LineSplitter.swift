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

  /// A buffer that one long line made larger than this is given back, in bytes.
  private static let keptCapacity = 1 << 20

  package init() {}

  /// How much memory the buffer takes, in bytes.
  var capacity: Int { buffer.capacity }

  /// Adds what was read, lines or parts of them.
  package mutating func append(_ bytes: ArraySlice<UInt8>) {
    buffer.append(contentsOf: bytes)
  }

  /// Removes and returns the next whole line, without its newline; nil where none is whole yet.
  package mutating func next() -> ArraySlice<UInt8>? {
    let start = searched
    let newline = buffer.withUnsafeBufferPointer { $0[start...].firstIndex(of: 0x0A) }
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
