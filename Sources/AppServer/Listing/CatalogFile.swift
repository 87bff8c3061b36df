import History
import Rollouts
import Synchronization
import System

/// A rollout file and what its ends say, remembered for as long as it does not change.
final class CatalogFile: Sendable {
  /// What was found in a file.
  struct Entry: Sendable {
    let claim: ThreadClaim
    /// Nil where there is nothing to list.
    let row: ThreadRow?
  }

  let file: RolloutFile
  private let memory = Mutex(Memory())

  private struct Memory {
    /// Of the file that was read; nil where it could not be read, or not its whole chain.
    var status: FileStatus?
    /// When it was looked at, in ms since 1970.
    var checkedAt: Int64 = 0
    var entry: Entry?
  }

  /// How long a file counts as unchanged after a look at it, in ms (ROLLOUTS.md 7).
  private static let trust: Int64 = 1000

  init(_ file: RolloutFile) { self.file = file }

  /// What the last look found; nil where nothing tells whose file it is.
  var entry: Entry? { memory.withLock { $0.entry } }

  /// Whether the last look at the file is too long ago.
  func isStale(at now: Int64) -> Bool {
    memory.withLock { now < $0.checkedAt || now - $0.checkedAt >= Self.trust }
  }

  /// Looks at the file, and reads it if it is another one than the last time.
  func refresh(at now: Int64, base: (UUID) -> String?, serverDirectory: String) {
    let known = memory.withLock { $0.status }
    if let known, let status = try? FileStatus(path: file.path), status == known {
      return memory.withLock { $0.checkedAt = now }
    }
    // A file that cannot be read is left out, as one that is gone.
    let read = try? read(base, serverDirectory)
    memory.withLock {
      $0 = Memory(status: read?.status, checkedAt: now, entry: read?.entry)
    }
  }

  private func read(
    _ base: (UUID) -> String?, _ serverDirectory: String
  ) throws(SystemError) -> (status: FileStatus?, entry: Entry?) {
    let head = try File(file.path, for: .reading)
    let status = try head.status()
    guard status.size > 0 else { return (status, nil) }
    let chain = try RolloutChain(head: head, find: base)
    let claim = ThreadClaim(file.name, chain.meta)
    let isWhole = chain.problems.isEmpty
    guard let id = claim.id else { return (status, nil) }
    let summary = try ThreadSummary(endsOf: chain, id: id)
    let place = RolloutStore.Place(id: id, path: file.path, isArchived: file.isArchived)
    let row =
      summary.isUsable && summary.hasUserMessage
      ? ThreadRow(place, summary, serverDirectory: serverDirectory) : nil
    return (isWhole ? status : nil, Entry(claim: claim, row: row))
  }
}
