import Platform
import Synchronization

/// The size up to which compressed files are unpacked.
package enum UnpackLimit {
  private static let limit = Atomic<Int>(16 << 30)

  /// Sets the limit, in bytes. It is 16 GiB otherwise.
  package static func set(_ size: Int) { limit.store(size, ordering: .relaxed) }

  /// Checks that so many bytes of a compressed file may be unpacked.
  ///
  /// - Throws: An error whose `isTooLarge` is true.
  static func check(_ size: Int, of path: String) throws(SystemError) {
    let limit = limit.load(ordering: .relaxed)
    guard size > limit else { return }
    throw .tooLarge("decompress", path, reason: "it holds more than \(limit) bytes")
  }
}

/// The text of a compressed file while it is unpacked: in memory as long as it is short, else in a
/// temporary file without a name.
struct UnpackedText {
  private let path: String
  private var bytes: [UInt8] = []
  private var scratch: File?
  /// The number of bytes so far.
  private(set) var size = 0

  /// The size up to which a text stays in memory, in bytes.
  private static let memoryLimit = 1 << 20

  /// - Parameter path: The path of the compressed file.
  init(of path: String) { self.path = path }

  mutating func append(_ piece: RawSpan) throws(SystemError) {
    size += piece.byteCount
    try UnpackLimit.check(size, of: path)
    if scratch == nil, size <= Self.memoryLimit {
      piece.withUnsafeBytes { bytes += $0 }
      return
    }
    let scratch = if let known = scratch { known } else { try moveToScratch() }
    try Self.write(piece, to: scratch)
  }

  private mutating func moveToScratch() throws(SystemError) -> File {
    let new = try File.scratch(for: path)
    try Self.write(bytes.span.bytes, to: new)
    bytes = []
    scratch = new
    return new
  }

  /// Writes to the temporary file. An error names its folder, which is the one that is full.
  private static func write(_ piece: RawSpan, to file: File) throws(SystemError) {
    do throws(SystemError) { try file.append(piece) } catch {
      throw SystemError(
        operation: "write a temporary file in \(file.scratchFolder ?? "") for", path: file.path,
        code: error.code)
    }
  }

  /// The text as a file with the path of the compressed one.
  ///
  /// - Parameter status: The status of the compressed file.
  func file(_ status: FileStatus) -> File {
    scratch ?? File(holding: [bytes[...]], at: path, status)
  }
}
