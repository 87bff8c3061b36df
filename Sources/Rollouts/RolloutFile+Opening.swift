package import Platform
import Synchronization

extension RolloutFile {
  /// Opens a rollout for reading. The content of a compressed one is unpacked into a file without a
  /// name, outside of the home.
  ///
  /// - Parameter limit: About the number of bytes that are needed of a compressed file.
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

  /// The size up to which a file is read at once, in bytes; several reads would cost more.
  private static let smallSize = 64 * 1024

  /// Whether the name of a file says that it is compressed.
  package static func isCompressed(_ path: String) -> Bool { path.hasSuffix(".zst") }

  /// The file that was unpacked last: a client that requests one page of a thread requests others.
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
      guard size > 0, error.isDamage else { throw error }
      // The rest of the content is lost. A line that is not a record is skipped, and logged like
      // any damage.
      try unpacked.append(Array("\n\(error)\n".utf8).span.bytes)
    }
    return unpacked
  }
}

extension RolloutFile {
  /// Unpacks a compressed rollout into a file beside it, completely or not at all. The compressed
  /// file is kept.
  ///
  /// - Returns: The path of the new file.
  /// - Throws: An error whose `isExisting` is true if there is a file with the new name.
  package static func unpackBeside(_ path: String) throws(SystemError) -> String {
    let reader = try ZstdReader(File(path, for: .reading))
    let unpacked = String(path.dropLast(".zst".count))
    let file = try AtomicFile(unpacked)
    while try reader.next({ (piece) throws(SystemError) in try file.write(piece) }) {}
    try file.publish()
    return unpacked
  }
}
