import History
package import Platform
package import Rollouts

extension ThreadLibrary {
  /// Up to this size, in bytes, a part of a thread costs no less than the whole.
  private static let smallSize = 1 << 20

  /// Finds a thread by the path of one of its files: absolute, or relative to the home, else to the
  /// server's directory.
  package func find(atPath path: String) throws(LibraryError) -> FoundThread {
    try store.find(atPath: path, relativeTo: directory)
  }

  /// Reads a thread, or as much of it as is needed; what was read before is used again if it still
  /// holds.
  package func snapshot(
    of found: FoundThread, _ scope: ReadScope = .whole
  ) throws(LibraryError) -> ThreadSnapshot {
    if let known = known(found.location, scope) { return known }
    return try snapshot(of: found.location, store.chain(found), scope)
  }

  /// Reads a thread from its files as they are now. Nothing is remembered of it.
  func freshSnapshot(of location: ThreadLocation) throws(LibraryError) -> ThreadSnapshot {
    let chain = try store.chain(FoundThread(location))
    let history = try LibraryError.reading { () throws(SystemError) in
      try ThreadHistory(chain, id: location.id)
    }
    return try ThreadSnapshot(location, chain, history, directory: directory, log: log)
  }

  /// Reads a thread that has no file in the home.
  package func snapshot(of draft: DraftThread) throws(LibraryError) -> ThreadSnapshot {
    try snapshot(of: draft.location, draft.chain())
  }

  /// Reads a thread whose files are open.
  package func snapshot(
    of location: ThreadLocation, _ chain: RolloutChain, _ scope: ReadScope = .whole
  ) throws(LibraryError) -> ThreadSnapshot {
    let scope = chain.size <= Self.smallSize ? .whole : scope
    let history = try LibraryError.reading { () throws(SystemError) in
      if let end = try scope.history(endOf: chain, id: location.id) { return end }
      return try ThreadHistory(chain, id: location.id)
    }
    let snapshot = try ThreadSnapshot(location, chain, history, directory: directory, log: log)
    if scope.isWhole { cache.keep(snapshot) }
    return snapshot
  }

  /// What is remembered of the thread, if that is what a fresh look would give: the end of a large
  /// thread tells a little less than the whole (ARCHITECTURE.md, "Reading the end of a thread").
  private func known(_ location: ThreadLocation, _ scope: ReadScope) -> ThreadSnapshot? {
    guard !RolloutFile.isCompressed(location.path), let known = cache.snapshot(of: location),
      scope.isWhole || known.chain.size <= Self.smallSize
    else { return nil }
    return known
  }

  /// The thread without its turns.
  package func overview(of snapshot: ThreadSnapshot) -> ThreadOverview {
    ThreadOverview(snapshot.location, snapshot.history.summary, directory: directory)
  }

  /// Whether a thread can be shown without waiting for a disk.
  ///
  /// That is so if all of it was read before and is small, and if the home is in a file system of this
  /// machine, as one is that the system tells of changes in: whatever has changed there since was
  /// written just now, and is in the system's memory.
  package func needsNoDisk(_ id: UUID) -> Bool {
    cache.isLoaded(id) && store.listing.isWatched
  }
}
