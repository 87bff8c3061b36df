import History
import Platform
import Rollouts
import Synchronization

/// The threads that were read last, because clients request one page after the other.
///
/// A snapshot is returned only while its files are unchanged, so that an answer is what reading the
/// files again would give.
package final class SnapshotCache: Sendable {
  private final class Entry: Sendable {
    let location: ThreadLocation
    let history: ThreadHistory
    let encodedTurns: EncodedTurns
    let status: ChainStatus
    /// The open files if their content is in memory, else nil. Larger files are opened again,
    /// because a file that is kept open occupies the disk even after it is deleted.
    let chain: RolloutChain?
    /// The approximate size of the entry in memory, in bytes.
    let size: Int

    init(_ snapshot: ThreadSnapshot, _ status: ChainStatus) {
      location = snapshot.location
      history = snapshot.history
      encodedTurns = snapshot.encodedTurns
      self.status = status
      let loadedSize = snapshot.chain.loadedSize
      chain = loadedSize == nil ? nil : snapshot.chain
      size = history.memorySize + (loadedSize.map { $0 + EncodedTurns.limit } ?? 0)
    }
  }

  /// The entries, the most recently used one last.
  private let entries = Mutex<[Entry]>([])
  private let store: RolloutStore
  private let countLimit: Int
  private let sizeLimit: Int

  /// Creates an empty cache.
  ///
  /// - Parameters:
  ///   - countLimit: The greatest number of entries.
  ///   - sizeLimit: The greatest size of all entries together, in bytes. The plan of a thread of
  ///     100 MB takes one or two million bytes.
  init(store: RolloutStore, countLimit: Int = 64, sizeLimit: Int = 8 << 20) {
    self.store = store
    self.countLimit = countLimit
    self.sizeLimit = sizeLimit
  }

  /// The snapshot of a thread; nil if none is kept, or if the files have changed since.
  func snapshot(of location: ThreadLocation) -> ThreadSnapshot? {
    guard let entry = entry({ $0.location == location }), store.isCurrent(entry.status),
      let chain = entry.chain ?? reopen(entry)
    else { return nil }
    return ThreadSnapshot(entry.location, chain, again: entry.history, entry.encodedTurns)
  }

  /// The snapshot of a thread whose files are in memory; nil if they are not, or if the thread has
  /// changed since it was read. This opens and reads no file.
  ///
  /// Every file whose name contains the id must belong to the chain that was read. No file can then
  /// have taken the place of the chain's head.
  ///
  /// - Parameter files: The rollout files of the home, as they are now.
  func loadedSnapshot(of id: UUID, in files: RolloutFiles) -> ThreadSnapshot? {
    let named = files.naming(id)
    guard let entry = entry({ $0.location.id == id && $0.chain != nil }), let chain = entry.chain,
      entry.location.unusablePath == nil,
      named.contains(where: { $0.path == entry.location.path }),
      named.allSatisfy({ entry.status.contains($0.path) }), entry.status.isUnchanged,
      entry.status.hasBases(in: files)
    else { return nil }
    return ThreadSnapshot(entry.location, chain, again: entry.history, entry.encodedTurns)
  }

  /// Keeps a thread that was read completely, and removes the least recently used threads if the
  /// cache is full.
  func keep(_ snapshot: ThreadSnapshot) {
    guard let status = snapshot.chain.status, store.isCurrent(status) else { return }
    let entry = Entry(snapshot, status)
    guard entry.size <= sizeLimit else { return }
    entries.withLock { entries in
      entries.removeAll { $0.location.id == entry.location.id }
      entries.append(entry)
      var size = entries.reduce(0) { $0 + $1.size }
      while entries.count > countLimit || size > sizeLimit {
        size -= entries.removeFirst().size
      }
    }
  }

  /// Removes a thread.
  func forget(_ id: UUID) {
    entries.withLock { $0.removeAll { $0.location.id == id } }
  }

  private func entry(_ isWanted: (Entry) -> Bool) -> Entry? {
    entries.withLock { entries in
      guard let index = entries.lastIndex(where: isWanted) else { return nil }
      let entry = entries.remove(at: index)
      entries.append(entry)
      return entry
    }
  }

  private func reopen(_ entry: Entry) -> RolloutChain? {
    guard let chain = try? store.chain(FoundThread(entry.location)), let status = chain.status,
      status.hasSameFiles(as: entry.status)
    else { return nil }
    return chain
  }
}
