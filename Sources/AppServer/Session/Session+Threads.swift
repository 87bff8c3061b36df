import Changes
import JSONRPC
import Library
import Platform
import Protocol
import Settings

// Finding and reading the threads that requests name.
extension Session {
  /// The handle of a loaded thread, or a new handle for one request if the thread is not loaded.
  func handle(_ id: UUID) -> ThreadHandle { loadedThreads[id]?.handle ?? ThreadHandle(id) }

  /// Reads a thread by its id, and reports its losses to the client. A loaded thread may have no
  /// file, or may have been opened by a path that its id does not lead to.
  func snapshot(_ id: UUID, _ scope: ReadScope = .whole) throws(LibraryError) -> ThreadSnapshot {
    let handle = handle(id)
    let snapshot = try handle.snapshot(scope, in: library)
    report(snapshot.losses, of: snapshot.id)
    return snapshot
  }

  /// Reads a thread after a change that is stored. An error takes nothing back, and a client that is
  /// answered with one would make the change again. So if the thread cannot be read, it is shown as it
  /// should be, and the client is warned.
  ///
  /// - Parameter expected: The thread as it should be after the change.
  func snapshot(
    _ id: UUID, _ scope: ReadScope = .whole, orAsExpected expected: ThreadSnapshot
  ) -> ThreadSnapshot {
    do throws(LibraryError) { return try snapshot(id, scope) } catch {
      log.warn("thread \(id): changed, but not read again: \(error)")
      report([.change(error)], of: id)
      return expected
    }
  }

  /// The snapshot of a thread that can be shown without waiting for a disk; nil if there is none.
  ///
  /// - Parameter needsName: Whether the thread's name is shown too.
  func loadedSnapshot(of id: UUID, needsName: Bool) -> ThreadSnapshot? {
    if let loaded = loadedThreads[id], !loaded.handle.isFoundByID { return nil }
    return library.loadedSnapshot(of: id, needsName: needsName)
  }

  /// Reads a thread that was found, and reports its losses to the client.
  func snapshot(
    of found: FoundThread, _ scope: ReadScope = .whole
  ) throws(LibraryError) -> ThreadSnapshot {
    if loadedThreads[found.location.id]?.handle.draft != nil {
      return try snapshot(found.location.id, scope)
    }
    let snapshot = try library.snapshot(of: found, scope)
    report(snapshot.losses, of: snapshot.id)
    return snapshot
  }

  /// Finds the thread for resume or fork: by a path, else by an id.
  ///
  /// - Parameter isLoaded: Whether the thread will be loaded.
  /// - Throws: `archived` for the id of an archived thread, `stalePath` for the path of an older
  ///   file of a reverted thread, `stalePathOfLoaded` for the path of another file than the one
  ///   from which the loaded thread is read.
  func find(path: String?, id: String, toLoad isLoaded: Bool = false) throws -> FoundThread {
    if let path, !path.isEmpty { return try find(atPath: path, toLoad: isLoaded) }
    let id = try UUID(sessionID: id)
    let found = try handle(id).find(in: library)
    guard !found.location.isArchived else { throw LibraryError.archived(id) }
    return found
  }

  private func find(
    atPath path: String, toLoad isLoaded: Bool
  ) throws(LibraryError) -> FoundThread {
    let found = try library.find(atPath: path)
    if isLoaded { try checkActive(found.location, path) }
    let current = try library.store.current(found.location)
    guard current.path == found.location.path else {
      throw .stalePath(found.location.id, path: path, current: current.path)
    }
    return found.moved(to: current)
  }

  /// Fails if the thread is loaded from another file: the file that is shown must be the one that
  /// is written to.
  ///
  /// - Parameter path: The path as the request contains it.
  private func checkActive(_ location: ThreadLocation, _ path: String) throws(LibraryError) {
    guard let loaded = loadedThreads[location.id] else { return }
    let active = try LibraryError.finding { () throws(LibraryError) in
      try loaded.handle.find(in: library).location
    }
    guard let active, !library.store.areSameFile(active.path, location.path) else { return }
    throw .stalePathOfLoaded(location.id, path: path, active: active.path)
  }
}

// Loading.
extension Session {
  /// Loads a thread, and notifies the client unless it was loaded before.
  ///
  /// - Parameter path: The file that the request named; nil if it named none.
  func load(_ id: UUID, with settings: EffectiveSettings, from path: String? = nil) {
    if let loaded = loadedThreads[id] { return loaded.subscribe() }
    loadedThreads.add(LoadedThread(ThreadHandle(id, path: path), settings: settings))
    notifyStatus(.idle, of: id)
  }

  /// Unloads a thread, which releases its writer lock. Notifies the client if the thread was
  /// loaded.
  func unload(_ id: UUID) {
    if loadedThreads.remove(id) { notifyStatus(.notLoaded, of: id) }
  }

  /// Notifies the client of the status of a thread.
  func notifyStatus(_ status: ThreadStatus, of id: UUID) {
    var change = ThreadStatusChanged()
    change.threadID = id.description
    change.status = status
    connection.notify(ThreadStatusChanged.method, change)
  }

  /// The loaded thread with the id in a request.
  ///
  /// - Throws: `invalidThreadID` if the text is not an id, `threadNotFound` if the thread is not
  ///   loaded.
  func loaded(_ id: String) throws(RPCError) -> LoadedThread {
    let id = try UUID(threadID: id)
    guard let loaded = loadedThreads[id] else { throw .threadNotFound(id) }
    return loaded
  }
}
