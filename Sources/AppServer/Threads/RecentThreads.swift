import History
import Rollouts
import Synchronization

/// The threads that were opened last: clients ask for one page behind the other, and read what they
/// resumed, which need not be planned again each time.
///
/// What is remembered counts only while the files are the same and unchanged, so that an answer is
/// what a fresh look would give.
final class RecentThreads: Sendable {
  private final class Entry: Sendable {
    let place: RolloutStore.Place
    let stored: ThreadHistory
    let written: WrittenTurns
    let visit: ChainVisit
    /// Nil where the files are not in memory: they are opened again, lest what is deleted is kept.
    let chain: RolloutChain?
    /// About how much memory it takes, in bytes.
    let size: Int

    init(_ opened: OpenedThread, _ visit: ChainVisit) {
      place = opened.place
      stored = opened.stored
      written = opened.written
      self.visit = visit
      let loadedSize = opened.chain.loadedSize
      chain = loadedSize == nil ? nil : opened.chain
      size = stored.memorySize + (loadedSize.map { $0 + WrittenTurns.limit } ?? 0)
    }
  }

  /// The newest comes last.
  private let entries = Mutex<[Entry]>([])

  private let countLimit: Int
  private let sizeLimit: Int

  /// - Parameter sizeLimit: Of all together, in bytes: the plan of a thread of 100 MB takes one or
  ///   two million.
  init(countLimit: Int = 64, sizeLimit: Int = 8 << 20) {
    self.countLimit = countLimit
    self.sizeLimit = sizeLimit
  }

  /// What was opened of a thread, if a fresh look would find the same.
  func thread(at place: RolloutStore.Place, in store: RolloutStore) -> OpenedThread? {
    guard let entry = entry(place), store.isCurrent(entry.visit) else { return nil }
    guard let chain = entry.chain ?? reopened(entry, in: store) else { return nil }
    return OpenedThread(place, again: chain, entry.stored, entry.written)
  }

  private func reopened(_ entry: Entry, in store: RolloutStore) -> RolloutChain? {
    guard let chain = try? store.chain(entry.place), let visit = chain.visit,
      visit.found(theSameAs: entry.visit)
    else { return nil }
    return chain
  }

  private func entry(_ place: RolloutStore.Place) -> Entry? {
    entries.withLock { entries in
      guard let index = entries.lastIndex(where: { $0.place == place }) else { return nil }
      let entry = entries.remove(at: index)
      entries.append(entry)
      return entry
    }
  }

  /// Remembers a thread that was opened as a whole, and forgets others for it.
  func keep(_ opened: OpenedThread, in store: RolloutStore) {
    guard let visit = opened.chain.visit, store.isCurrent(visit) else { return }
    let entry = Entry(opened, visit)
    guard entry.size <= sizeLimit else { return }
    entries.withLock { entries in
      entries.removeAll { $0.place.id == entry.place.id }
      entries.append(entry)
      var size = entries.reduce(0) { $0 + $1.size }
      while entries.count > countLimit || size > sizeLimit {
        size -= entries.removeFirst().size
      }
    }
  }
}
