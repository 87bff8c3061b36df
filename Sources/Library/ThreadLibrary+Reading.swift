import History
package import Platform
package import Rollouts

extension ThreadLibrary {
  /// The size in bytes up to which reading a part of a thread takes no less time than reading it
  /// all.
  private static let smallSize = 1 << 20

  /// Finds a thread by the path of one of its files.
  ///
  /// - Parameter path: An absolute path, or a path relative to the home or to the server's working
  ///   directory.
  package func find(atPath path: String) throws(LibraryError) -> FoundThread {
    try store.find(atPath: path, relativeTo: directory)
  }

  /// Reads a thread, or as much of it as is needed. A snapshot of an earlier request is returned if
  /// the files are unchanged.
  package func snapshot(
    of found: FoundThread, _ scope: ReadScope = .whole
  ) throws(LibraryError) -> ThreadSnapshot {
    try store.opening(found) { (found) throws(LibraryError) in
      if let known = known(found.location, scope) { return known }
      return try snapshot(of: found.location, store.chain(found), scope)
    }
  }

  /// Reads a whole thread without using or filling the cache.
  func freshSnapshot(of location: ThreadLocation) throws(LibraryError) -> ThreadSnapshot {
    try store.opening(FoundThread(location)) { (found) throws(LibraryError) in
      let chain = try store.chain(found)
      let history = try LibraryError.reading { () throws(SystemError) in
        try ThreadHistory(chain, id: location.id)
      }
      return try ThreadSnapshot(found.location, chain, history, directory: directory, log: log)
    }
  }

  /// Reads a thread that has no file in the home.
  package func snapshot(of draft: DraftThread) throws(LibraryError) -> ThreadSnapshot {
    try snapshot(of: draft.location, draft.chain())
  }

  /// Reads a thread whose files are open, or as much of it as is needed.
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

  /// Forgets what was read of a thread.
  package func forget(_ id: UUID) { cache.forget(id) }

  /// The cached snapshot of a thread; nil if there is none that gives the same answer as reading
  /// the files. The summary of a large thread is read from the ends of its files, which contain a
  /// little less than the whole (ARCHITECTURE.md, "Reading the end of a thread").
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

  /// The snapshot of a thread that can be shown without waiting for a disk; nil if there is none.
  ///
  /// The thread must be in memory with its files and must be unchanged. No file is opened or read: the status of files is asked for, and only in a home whose
  /// changes the system reports. It does so for file systems of this machine, whose status it has in
  /// memory.
  ///
  /// - Parameter needsName: Whether the thread's name is shown too, so that it must be in memory.
  package func loadedSnapshot(of id: UUID, needsName: Bool) -> ThreadSnapshot? {
    guard let files = store.listing.known(), !needsName || store.names.isInMemory,
      let snapshot = cache.loadedSnapshot(of: id, in: files),
      snapshot.chain.size <= Self.smallSize
    else { return nil }
    return snapshot
  }
}
