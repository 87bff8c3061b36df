package import Platform

/// Decompresses a file piece by piece (ROLLOUTS.md 8): one or more consecutive zstd frames.
///
/// Memory holds one piece of the input and of the output, and the window that the file was
/// compressed with.
package final class ZstdReader {
  private let file: File
  private let zstd: Zstd
  private let stream: Zstd.Stream
  private var input = [UInt8](repeating: 0, count: pieceSize)
  private var output = [UInt8](repeating: 0, count: pieceSize)
  /// The part of `input` that was not decompressed yet.
  private var pending = 0..<0
  /// The offset up to which the file was read.
  private var offset = 0
  /// The last state of the library: whether a frame is incomplete, and whether output is held back.
  private var isInFrame = false
  private var holdsOutput = false

  private static let pieceSize = 128 * 1024

  /// - Throws: An error with the names of the file and the library if the system has no libzstd.
  package convenience init(_ file: File) throws(SystemError) {
    try self.init(file, with: .system)
  }

  init(_ file: File, with zstd: Zstd?) throws(SystemError) {
    guard let zstd, let stream = zstd.create() else {
      throw SystemError.missingLibrary(
        Zstd.libraryName, operation: "decompress", path: file.path)
    }
    self.file = file
    self.zstd = zstd
    self.stream = stream
    _ = zstd.setParameter(stream, Zstd.windowLimit.parameter, Zstd.windowLimit.value)
  }

  deinit { _ = zstd.free(stream) }

  /// Hands the next piece to `body`; false at the end, where there is none.
  ///
  /// - Throws: The error of a file that cannot be read, is damaged, or ends within a frame. All
  ///   pieces before it were handed out.
  package func next(
    _ body: (RawSpan) throws(SystemError) -> Void
  ) throws(SystemError) -> Bool {
    while true {
      if pending.isEmpty, !holdsOutput, try !refill() {
        guard !isInFrame else { throw failure("it ends too early") }
        return false
      }
      let count = try decompress()
      if count > 0 {
        let piece = output
        try body(piece.span.bytes.extracting(0..<count))
        return true
      }
    }
  }

  /// Reads more of the file; false at its end.
  private func refill() throws(SystemError) -> Bool {
    let count = try input.withUnsafeMutableBufferPointer { (bytes) throws(SystemError) in
      try file.read(at: offset, into: UnsafeMutableRawBufferPointer(bytes))
    }
    offset += count
    pending = 0..<count
    return count > 0
  }

  /// Decompresses `input` into `output`.
  ///
  /// - Returns: The number of bytes of output.
  private func decompress() throws(SystemError) -> Int {
    var (taken, made, result) = (0, 0, 0)
    input.withUnsafeMutableBytes { input in
      output.withUnsafeMutableBytes { output in
        var from = Zstd.Buffer(
          bytes: input.baseAddress, size: pending.upperBound, position: pending.lowerBound)
        var to = Zstd.Buffer(bytes: output.baseAddress, size: output.count)
        result = zstd.decompress(stream, &to, &from)
        (taken, made) = (from.position, to.position)
      }
    }
    if zstd.isError(result) != 0 { throw failure(String(cString: zstd.errorName(result))) }
    pending = taken..<pending.upperBound
    isInFrame = result != 0
    holdsOutput = isInFrame && made == output.count
    return made
  }

  private func failure(_ reason: String) -> SystemError {
    SystemError(operation: "decompress", path: file.path, reason: reason)
  }
}
