import History
import Platform
import Rollouts
import Synchronization

/// The threads that were read last: clients ask for one page behind the other, and read what they
/// resumed, which need not be planned again each time.
///
/// What is remembered counts only while the files are the same and unchanged, so that an answer is
/// what a fresh look would give.
package final class SnapshotCache: Sendable {
  private final class Entry: Sendable {
    let location: ThreadLocation
    let history: ThreadHistory
    let encodedTurns: EncodedTurns
    let status: ChainStatus
    /// Nil where the content of the files is not in memory: such files are opened again, because one
    /// that is kept open would stay on the disk when it is deleted.
    let chain: RolloutChain?
    /// About how much memory the entry takes, in bytes.
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

  /// The newest comes last.
  private let entries = Mutex<[Entry]>([])
  private let store: RolloutStore
  private let countLimit: Int
  private let sizeLimit: Int

  /// - Parameter sizeLimit: Of all entries together, in bytes: the plan of a thread of 100 MB takes
  ///   one or two million.
  init(store: RolloutStore, countLimit: Int = 64, sizeLimit: Int = 8 << 20) {
    self.store = store
    self.countLimit = countLimit
    self.sizeLimit = sizeLimit
  }

  /// What was read of a thread; nil where a fresh look might find something else.
  func snapshot(of location: ThreadLocation) -> ThreadSnapshot? {
    guard let entry = entry(location), store.isCurrent(entry.status),
      let chain = entry.chain ?? reopen(entry)
    else { return nil }
    return ThreadSnapshot(entry.location, chain, again: entry.history, entry.encodedTurns)
  }

  /// Whether all of a thread is in memory, its files included, as it was when it was read.
  func isLoaded(_ id: UUID) -> Bool {
    entries.withLock { entries in
      entries.contains { $0.location.id == id && $0.chain != nil }
    }
  }

  /// Remembers a thread that was read as a whole, and forgets others for it.
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

  private func entry(_ location: ThreadLocation) -> Entry? {
    entries.withLock { entries in
      guard let index = entries.lastIndex(where: { $0.location == location }) else { return nil }
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
