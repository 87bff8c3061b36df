import Changes
import JSONRPC
import Library
import Platform
import Protocol
import Settings

// Finding and reading the threads that requests name.
extension Session {
  /// What is held of a thread if it is loaded, else a handle for one request.
  func handle(_ id: UUID) -> ThreadHandle { loadedThreads[id]?.handle ?? ThreadHandle(id) }

  /// Reads a thread that a request names by its id, and tells what it has lost. A loaded one may be in
  /// memory only, or have been opened from a file that its id does not lead to.
  func snapshot(_ id: UUID, _ scope: ReadScope = .whole) throws(LibraryError) -> ThreadSnapshot {
    let handle = handle(id)
    let snapshot = try handle.snapshot(scope, in: library)
    report(snapshot.losses, of: snapshot.id)
    return snapshot
  }

  /// Reads a thread that was found, and tells what it has lost.
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

  /// Finds the thread that resume or fork is asked for: by a path, else by an id.
  ///
  /// - Parameter isLoaded: Whether the thread is going to be loaded.
  /// - Throws: `archived` for a thread in the archive that is named by its id, `stalePath` for the path
  ///   of a file that the thread has left behind, `stalePathOfLoaded` for the path of another file than
  ///   that of a thread that is loaded already.
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

  /// A loaded thread goes on in the file that it was loaded from: one that is shown from another file
  /// would not be the one that is written to.
  ///
  /// - Parameter path: As the request has it.
  private func checkActive(_ location: ThreadLocation, _ path: String) throws(LibraryError) {
    guard let loaded = loadedThreads[location.id],
      let active = try? loaded.handle.find(in: library).location,
      !library.store.areSameFile(active.path, location.path)
    else { return }
    throw .stalePathOfLoaded(location.id, path: path, active: active.path)
  }
}

// Loading.
extension Session {
  /// Notes that a thread is loaded from now on; tells so unless it was before.
  ///
  /// - Parameter path: The file that the request named; nil where it named none.
  func load(_ id: UUID, with settings: EffectiveSettings, from path: String? = nil) {
    if let loaded = loadedThreads[id] { return loaded.subscribe() }
    loadedThreads.add(LoadedThread(ThreadHandle(id, path: path), settings: settings))
    notifyStatus(.idle, of: id)
  }

  /// Forgets a thread, and gives back its lock; tells so if it was loaded.
  func unload(_ id: UUID) {
    if loadedThreads.remove(id) { notifyStatus(.notLoaded, of: id) }
  }

  func notifyStatus(_ status: ThreadStatus, of id: UUID) {
    var change = ThreadStatusChanged()
    change.threadID = id.description
    change.status = status
    connection.notify(ThreadStatusChanged.method, change)
  }

  /// The loaded thread of an id that a request names.
  ///
  /// - Throws: Where the text is no id, or where the thread is not loaded.
  func loaded(_ id: String) throws(RPCError) -> LoadedThread {
    let id = try UUID(threadID: id)
    guard let loaded = loadedThreads[id] else { throw .threadNotFound(id) }
    return loaded
  }
}
