package import Platform

/// The beginning and the end of a rollout, as lists need them. Those of a compressed file are unpacked
/// in memory, and what is between them is left out (ROLLOUTS.md 8).
package struct RolloutEnds {
  /// The lines at the beginning and at the end. Of a plain file it is the whole file, which is open.
  package let file: File
  /// Whether the lines in the middle were left out.
  package let hasGap: Bool
  /// Whether the lines at the end are there. They are not if the text is too long to be unpacked for
  /// a list, or if its last line is longer than what is held.
  package let hasEnd: Bool

  /// The number of bytes that are held of the beginning and of the end at first.
  package static let usualSize = 1 << 20
  /// The number of bytes that are held of each if the first message is further from the beginning.
  package static let greatestSize = 4 << 20
  /// The number of bytes that are unpacked at most. This takes about as long as reading a large plain
  /// file from both ends.
  private static let workLimit = 64 << 20

  /// Opens the ends of a rollout.
  ///
  /// - Parameters:
  ///   - size: The number of bytes that are held of each end of a compressed file.
  ///   - end: The offset in the text at which it ends for the reader, in bytes; nil for its own end.
  package init(
    of path: String, size: Int = usualSize, upTo end: Int? = nil
  ) throws(SystemError) {
    guard RolloutFile.isCompressed(path) else {
      file = try RolloutFile.open(path)
      (hasGap, hasEnd) = (false, true)
      return
    }
    let compressed = try File(path, for: .reading)
    let status = try compressed.status()
    let limit = min(end ?? .max, Self.workLimit)
    var text = EndsOfText(size: size)
    let isWhole = try text.unpack(compressed, upTo: limit) || limit == end
    hasGap = !isWhole || text.hasGap
    hasEnd = hasGap ? text.cutToLines(withEnd: isWhole) : true
    file = File(holding: [text.beginning, text.end], at: path, status)
  }

  /// Unpacks the beginning of a compressed rollout in memory: about `size` bytes.
  static func beginning(of path: String, upTo size: Int) throws(SystemError) -> File {
    let compressed = try File(path, for: .reading)
    var text = EndsOfText(size: size)
    _ = try text.unpack(compressed, upTo: size)
    return File(holding: [text.beginning], at: path, try compressed.status())
  }
}

/// The first and the last bytes of a text that comes in pieces.
private struct EndsOfText {
  private let size: Int
  private(set) var beginning: ArraySlice<UInt8> = []
  /// The last bytes behind the beginning, and up to half as many before them.
  private(set) var end: ArraySlice<UInt8> = []
  private var count = 0

  private static let lineEnd = UInt8(ascii: "\n")

  init(size: Int) { self.size = size }

  /// Whether there are bytes between the beginning and the end.
  var hasGap: Bool { count > beginning.count + end.count }

  /// Removes the parts of lines on both sides of the gap.
  ///
  /// - Parameter withEnd: Whether the end of the text was reached. If not, no end is kept.
  /// - Returns: Whether there is a line at the end.
  mutating func cutToLines(withEnd: Bool) -> Bool {
    beginning = beginning[..<(beginning.lastIndex(of: Self.lineEnd).map { $0 + 1 } ?? 0)]
    let start = withEnd ? end.firstIndex(of: Self.lineEnd).map { $0 + 1 } : nil
    end = end[(start ?? end.endIndex)...]
    return !end.isEmpty
  }

  /// Unpacks a file. What can be unpacked of a damaged one counts.
  ///
  /// - Parameter limit: The number of bytes at which unpacking ends.
  /// - Returns: Whether the end of the file was reached.
  /// - Throws: The error of the file if nothing of it can be unpacked.
  mutating func unpack(_ file: File, upTo limit: Int) throws(SystemError) -> Bool {
    let reader = try ZstdReader(file)
    do throws(SystemError) {
      while count < limit {
        let hasMore = try reader.next { (piece) throws(SystemError) in
          append(piece.extracting(first: min(piece.byteCount, limit - count)))
        }
        if !hasMore { return true }
      }
      return false
    } catch {
      guard count > 0, error.code == 0 else { throw error }
      return true
    }
  }

  private mutating func append(_ piece: RawSpan) {
    count += piece.byteCount
    let room = min(size - beginning.count, piece.byteCount)
    piece.extracting(first: room).withUnsafeBytes { beginning += $0 }
    piece.extracting(room...).withUnsafeBytes { end += $0 }
    if end.count > size + size / 2 { end = ArraySlice(Array(end.suffix(size))) }
  }
}
