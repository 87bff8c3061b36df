import Platform
import Rollouts
import Synchronization

/// The headers of files that were looked at, for as long as the files do not change.
final class HeaderCache: Sendable {
  private struct Entry {
    let status: FileStatus
    let header: HeaderIDs?
  }

  private struct Key: Hashable {
    let device: UInt64
    let inode: UInt64

    init(_ status: FileStatus) {
      device = status.device
      inode = status.inode
    }
  }

  private let entries = Mutex<[Key: Entry]>([:])

  /// The header of the file at a path; nil also where the file cannot be read.
  func header(of path: String) -> HeaderIDs? { (try? read(path)) ?? nil }

  /// The header of the file at a path as it is remembered: nil where nothing is, and a nil inside
  /// where the file has none.
  func known(_ path: String) -> HeaderIDs?? {
    guard let status = try? FileStatus(path: path), let entry = entry(status) else { return nil }
    return .some(entry.header)
  }

  /// The header of the file at a path; nil where the file has none.
  func read(_ path: String) throws(SystemError) -> HeaderIDs? {
    let status = try FileStatus(path: path)
    if let entry = entry(status) { return entry.header }
    let header = try HeadReader.sessionMeta(at: path).map { HeaderIDs($0) }
    keep(header, of: status)
    return header
  }

  private func entry(_ status: FileStatus) -> Entry? {
    entries.withLock { $0[Key(status)] }.flatMap { $0.status == status ? $0 : nil }
  }

  /// Remembers the header of a file that was as `status` says when it was read.
  func keep(_ header: HeaderIDs?, of status: FileStatus) {
    entries.withLock { $0[Key(status)] = Entry(status: status, header: header) }
  }
}
