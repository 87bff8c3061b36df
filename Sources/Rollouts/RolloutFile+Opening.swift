package import Platform
import Synchronization

extension RolloutFile {
  /// Opens a rollout for reading. A compressed one is unpacked (ROLLOUTS.md 8).
  package static func open(_ path: String) throws(SystemError) -> File {
    do throws(SystemError) { return try openOnce(path) } catch {
      guard error.isOutOfDescriptors, forgetLastUnpacked() else { throw error }
      return try openOnce(path)
    }
  }

  private static func openOnce(_ path: String) throws(SystemError) -> File {
    guard isCompressed(path) else { return try File(loading: path, upTo: smallSize) }
    let file = try File(path, for: .reading)
    let status = try file.status()
    if let last = lastUnpacked.withLock({ $0 }), last.status == status { return last.content }
    let content = try unpack(file, status)
    lastUnpacked.withLock { $0 = (status, content) }
    return content
  }

  /// The size up to which a file is read at once, in bytes; several reads would cost more.
  private static let smallSize = 64 * 1024

  /// Whether the name of a file says that it is compressed.
  package static func isCompressed(_ path: String) -> Bool { path.hasSuffix(".zst") }

  /// The file that was unpacked last: a client that requests one page of a thread requests others.
  private static let lastUnpacked = Mutex<(status: FileStatus, content: File)?>(nil)

  /// Closes the file that was unpacked last.
  ///
  /// - Returns: Whether there was one.
  private static func forgetLastUnpacked() -> Bool {
    let last = lastUnpacked.withLock { last in
      defer { last = nil }
      return last
    }
    return last != nil
  }

  /// Unpacks a file whole.
  private static func unpack(_ file: File, _ status: FileStatus) throws(SystemError) -> File {
    let reader = try ZstdReader(file)
    var unpacked = UnpackedText(of: file.path)
    do throws(SystemError) {
      while try reader.next({ (piece) throws(SystemError) in try unpacked.append(piece) }) {
        try Cancellation.checkReading(file.path)
      }
    } catch {
      guard unpacked.size > 0, error.isDamage else { throw error }
      // The rest of the content is lost. A line that is not a record is skipped, and logged like
      // any damage.
      try unpacked.append(Array("\n\(error)\n".utf8).span.bytes)
    }
    return unpacked.file(status)
  }
}

extension RolloutFile {
  /// Unpacks a compressed rollout into a file beside it, completely or not at all. The compressed
  /// file is kept.
  ///
  /// - Returns: The path of the new file.
  /// - Throws: An error whose `isExisting` is true if there is a file with the new name, one whose
  ///   `isTooLarge` is true if the content is larger than `UnpackLimit` says.
  package static func unpackBeside(_ path: String, _ log: Log) throws(SystemError) -> String {
    let reader = try ZstdReader(File(path, for: .reading))
    let unpacked = String(path.dropLast(".zst".count))
    let file = try AtomicFile(unpacked)
    var size = 0
    while try reader.next({ (piece) throws(SystemError) in
      size += piece.byteCount
      try UnpackLimit.check(size, of: path)
      try file.write(piece)
    }) {}
    try file.publish(log)
    return unpacked
  }
}
