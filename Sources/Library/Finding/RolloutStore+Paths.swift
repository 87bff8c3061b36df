import Platform
import Rollouts

// Finding a thread by the path of a file.
extension RolloutStore {
  /// Finds a thread by the path of one of its files.
  ///
  /// If no file is at the path, two other files are tried: the compressed or uncompressed form of
  /// the file, and for an absolute path a file of the same name in this home, because the home may
  /// have been moved, even from another system.
  ///
  /// - Parameters:
  ///   - path: An absolute path of any system, also as a `file:` URL, or a path relative to the home
  ///     or to `directory`.
  ///   - directory: The absolute path of the server's working directory.
  /// - Throws: `badPath` if no file was found, `nameless` or `empty` if the file belongs to no
  ///   known thread, `unreadable` if the file cannot be read.
  package func find(
    atPath path: String, relativeTo directory: String
  ) throws(LibraryError) -> FoundThread {
    do throws(LibraryError) { return try findOnce(atPath: path, relativeTo: directory) } catch {
      // Another process may have moved the file before it was opened.
      guard case .unreadable(let failure) = error, failure.isMissing else { throw error }
      return try findOnce(atPath: path, relativeTo: directory)
    }
  }

  private func findOnce(
    atPath path: String, relativeTo directory: String
  ) throws(LibraryError) -> FoundThread {
    let path = try existing(path, relativeTo: directory)
    let name = RolloutName(Path.lastComponent(of: path))
    let isArchived = path.hasPrefix(folders.archivedSessions + "/")
    let location = { (id: UUID) in ThreadLocation(id: id, path: path, isArchived: isArchived) }
    if RolloutFile.isCompressed(path) {
      let header = try LibraryError.reading { () throws(SystemError) in try headers.read(path) }
      if let id = RolloutOwner(name, header).id { return FoundThread(location(id)) }
    } else {
      let head = try LibraryError.reading { () throws(SystemError) in try openHead(path) }
      if let id = RolloutOwner(name, head.meta).id { return FoundThread(location(id), head: head) }
    }
    if try hasRecord(path) { throw .nameless(path: path) }
    throw .empty(path: path, hasNoBytes: (try? FileStatus(path: path).size) == 0)
  }

  /// The path of the file that a path leads to.
  private func existing(
    _ path: String, relativeTo directory: String
  ) throws(LibraryError) -> String {
    let recorded = RecordedPath(path)
    let bases = recorded.style == .posix ? [""] : [home, directory]
    let candidates = bases.map { Path.normalize(Path.join($0, recorded.text)) }
    for candidate in candidates {
      guard let status = try? FileStatus(path: candidate) else { continue }
      switch status.kind {
      case .regular: return candidate
      case .directory: throw .badPath(path, .directory)
      case .symlink, .other: throw .badPath(path, .special)
      }
    }
    if let packed = candidates.lazy.compactMap(Self.otherForm).first { return packed }
    if let moved = try movedFile(recorded) { return moved }
    if let error = accessError(candidates) { throw .unreadable(error) }
    throw .badPath(path, .missing)
  }

  /// The path of the compressed form of a plain file, or of the plain form of a compressed one; nil
  /// where no such file is there.
  private static func otherForm(of path: String) -> String? {
    let other: String
    if RolloutFile.isCompressed(path) {
      other = String(path.dropLast(".zst".count))
    } else if path.hasSuffix(".jsonl") {
      other = path + ".zst"
    } else {
      return nil
    }
    return (try? FileStatus(path: other))?.kind == .regular ? other : nil
  }

  /// The path of a file in this home with the name of the given file; nil if there is none, or if
  /// the given path is not absolute.
  ///
  /// - Throws: `unreadable` if there is none, but a folder that cannot be read may hold it.
  private func movedFile(_ path: RecordedPath) throws(LibraryError) -> String? {
    guard path.isAbsolute, let name = RolloutName(path.lastComponent) else { return nil }
    let files = try files()
    let named = files.naming(name.firstID).filter { $0.name.isOfOneRollout(with: name) }
    if let file = named.min(by: { $0.rank < $1.rank }) { return file.path }
    if let unread = files.unread.first { throw .unreadable(unread.error) }
    return nil
  }

  /// The first error, other than a missing file, that occurs when the status of the paths is read;
  /// nil if there is none.
  private func accessError(_ paths: [String]) -> SystemError? {
    for path in paths {
      do throws(SystemError) {
        _ = try FileStatus(path: path)
      } catch {
        if !error.isNotFound { return error }
      }
    }
    return nil
  }

  /// Whether the file contains a usable record.
  private func hasRecord(_ path: String) throws(LibraryError) -> Bool {
    try LibraryError.reading { () throws(SystemError) in
      try HeadReader.hasRecord(RolloutFile.open(path))
    }
  }
}
