import Synchronization
package import System

extension RolloutFile {
  /// Opens a rollout for reading: a compressed one as what is in it, unpacked into a file without a
  /// name, outside of the home.
  ///
  /// - Parameter limit: About how many bytes of a compressed one are wanted.
  package static func open(_ path: String, upTo limit: Int = .max) throws(SystemError) -> File {
    guard isCompressed(path) else { return try File(loading: path, upTo: smallSize) }
    let file = try File(path, for: .reading)
    guard limit == .max else { return try unpack(file, upTo: limit) }
    let status = try file.status()
    if let last = lastUnpacked.withLock({ $0 }), last.status == status { return last.content }
    let content = try unpack(file, upTo: .max)
    lastUnpacked.withLock { $0 = (status, content) }
    return content
  }

  /// Up to this size, in bytes, one read costs less than several parts of it would.
  private static let smallSize = 64 * 1024

  /// Whether the name says that a file is compressed.
  package static func isCompressed(_ path: String) -> Bool { path.hasSuffix(".zst") }

  /// Who asks for one page of a thread asks for another.
  private static let lastUnpacked = Mutex<(status: FileStatus, content: File)?>(nil)

  private static func unpack(_ file: File, upTo limit: Int) throws(SystemError) -> File {
    let reader = try ZstdReader(file)
    let unpacked = try File.scratch(for: file.path)
    var size = 0
    do throws(SystemError) {
      var hasMore = true
      while hasMore, size < limit {
        try Cancellation.checkReading(file.path)
        hasMore = try reader.next { (piece) throws(SystemError) in
          try unpacked.append(piece)
          size += piece.byteCount
        }
      }
    } catch {
      guard size > 0, error.code == 0 else { throw error }
      // What follows is lost. A line that is no record is passed over, and logged as any damage is.
      try unpacked.append(Array("\n\(error)\n".utf8).span.bytes)
    }
    return unpacked
  }
}

extension RolloutFile {
  /// Unpacks a compressed rollout beside itself, whole or not at all; the compressed one stays.
  ///
  /// - Returns: The path of the new file. Where there is one of that name: `isExisting`.
  package static func unpackBeside(_ path: String) throws(SystemError) -> String {
    let reader = try ZstdReader(File(path, for: .reading))
    let unpacked = String(path.dropLast(".zst".count))
    let file = try AtomicFile(unpacked)
    while try reader.next({ (piece) throws(SystemError) in try file.write(piece) }) {}
    try file.publish()
    return unpacked
  }
}
