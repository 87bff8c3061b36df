import JSON

/// Splits a stream of bytes into lines.
///
///     splitter.append(chunk)
///     while let line = splitter.next() { … }
///
/// No byte is searched twice and no line is copied. A line must be released before the next call,
/// because the buffer would be copied otherwise. Of a line that is too long only the beginning is
/// kept.
package struct LineSplitter {
  /// A line without its newline.
  package enum Line: Equatable {
    case whole(ArraySlice<UInt8>)
    /// The beginning of a line that was too long to be kept.
    case tooLong(beginning: ArraySlice<UInt8>)
  }

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

  /// How many bytes of a line that is too long are kept.
  package static let beginningSize = 4096

  /// Whether the rest of the last line is passed over; `buffer` is its beginning then.
  private var isSkipping = false
  private let limit: Int
  private let greatestLimit: Int
  private let mayBeLonger: (UnsafeBufferPointer<UInt8>) -> Bool
  /// Whether `mayBeLonger` accepted the line that is being read.
  private var isAccepted = false

  /// Creates a splitter without any bytes.
  ///
  /// - Parameters:
  ///   - limit: The size in bytes up to which a line is kept.
  ///   - greatestLimit: The size in bytes up to which a line is kept that may be longer.
  ///   - mayBeLonger: Whether a line may be longer than `limit`, by its first `limit` bytes.
  package init(
    limit: Int = 64 << 20, greatestLimit: Int = 1 << 30,
    mayBeLonger: @escaping (UnsafeBufferPointer<UInt8>) -> Bool = { _ in false }
  ) {
    self.limit = limit
    self.greatestLimit = greatestLimit
    self.mayBeLonger = mayBeLonger
  }

  /// The size of the buffer in bytes.
  var capacity: Int { buffer.capacity }

  /// Adds bytes that were read. A line of many MB is hardly ever moved, because that would take
  /// longer than parsing it.
  package mutating func append(_ bytes: ArraySlice<UInt8>) {
    var bytes = bytes
    if isSkipping {
      // The newline stays: it ends the beginning that was kept.
      guard let newline = bytes.firstIndex(of: 0x0A) else { return }
      bytes = bytes[newline...]
    }
    let size = buffer.count + bytes.count
    if size > buffer.capacity, size > Self.usualSize {
      buffer.reserveCapacityToFill(max(2 * size, 16 << 20))
    }
    buffer.append(contentsOf: bytes)
  }

  /// Removes and returns the next complete line; nil if no line is complete.
  package mutating func next() -> Line? {
    let start = searched
    let newline = buffer.withUnsafeBufferPointer { $0.firstIndex(of: 0x0A, from: start) }
    guard let newline else {
      dropTakenLines()
      if buffer.count > limit { shortenIfTooLong() }
      return nil
    }
    defer {
      lineStart = newline + 1
      searched = lineStart
    }
    return line(upTo: newline)
  }

  /// Removes and returns the line that the end of the input ended; nil if there is none.
  package mutating func rest() -> Line? {
    guard lineStart < buffer.count else { return nil }
    defer {
      lineStart = buffer.count
      searched = lineStart
    }
    return line(upTo: buffer.count)
  }

  private mutating func line(upTo end: Int) -> Line {
    defer {
      isSkipping = false
      isAccepted = false
    }
    let line = buffer[lineStart..<end]
    return isSkipping ? .tooLong(beginning: line) : .whole(line)
  }

  /// Keeps only the beginning of the line that is being read, if it must not be so long.
  private mutating func shortenIfTooLong() {
    guard !isSkipping else { return }
    if !isAccepted {
      isAccepted = buffer.withUnsafeBufferPointer {
        mayBeLonger(UnsafeBufferPointer(rebasing: $0[..<limit]))
      }
    }
    if isAccepted, buffer.count <= greatestLimit { return }
    buffer = Array(buffer.prefix(Self.beginningSize))
    searched = buffer.count
    isSkipping = true
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
