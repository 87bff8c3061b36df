import Platform
import Rollouts
import Synchronization

/// The headers of rollout files, each remembered until its file changes.
final class HeaderCache: Sendable {
  private struct Entry {
    let status: FileStatus
    let header: HeaderIDs?
  }

  private let entries = Mutex<[FileIdentity: Entry]>([:])

  /// The header of the file at a path; nil if the file has no header, is damaged, or is not there
  /// any more.
  ///
  /// - Throws: Why the system could not read the file, so that nobody knows what its header says.
  func header(of path: String) throws(SystemError) -> HeaderIDs? {
    do throws(SystemError) { return try read(path) } catch {
      guard error.isNotFound || error.isDamage else { throw error }
      return nil
    }
  }

  /// The remembered header of the file at a path, without reading the file. The outer value is nil
  /// if no header is remembered for the file in its present state; the inner value is nil if the
  /// file is known to have no header.
  func known(_ path: String) -> HeaderIDs?? {
    guard let status = try? FileStatus(path: path), let entry = entry(status) else { return nil }
    return .some(entry.header)
  }

  /// The header of the file at a path, read only if the file has changed since it was remembered;
  /// nil if the file has no header.
  func read(_ path: String) throws(SystemError) -> HeaderIDs? {
    let status = try FileStatus(path: path)
    if let entry = entry(status) { return entry.header }
    let header = try HeadReader.sessionMeta(at: path).map { HeaderIDs($0) }
    keep(header, of: status)
    return header
  }

  private func entry(_ status: FileStatus) -> Entry? {
    entries.withLock { $0[FileIdentity(status)] }.flatMap { $0.status == status ? $0 : nil }
  }

  /// Remembers the header of a file; nil if the file has none.
  ///
  /// - Parameter status: The status of the file when its header was read.
  func keep(_ header: HeaderIDs?, of status: FileStatus) {
    entries.withLock { $0[FileIdentity(status)] = Entry(status: status, header: header) }
  }
}
