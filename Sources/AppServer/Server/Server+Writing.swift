import JSONRPC
import Rollouts
import System

extension Server {
  /// What writes a loaded thread: from the first write on it holds the thread's lock until the
  /// thread is unloaded. One that has no file yet gets it now, unless it is ephemeral.
  func writer(of id: UUID) throws(RPCError) -> ThreadWriter {
    guard let loaded = loadedThreads[id] else { throw .threadNotFound(id.description) }
    if let writer = loaded.writer { return writer }
    let writer: ThreadWriter
    if let unstored = loaded.unstored, unstored.isEphemeral {
      writer = ThreadWriter(unstored)
    } else {
      if loaded.unstored == nil { _ = try writablePlace(of: id) }
      writer = try ThreadWriter(of: id, home: store.home)
      try storeIfNeeded(id)
    }
    loadedThreads[id]?.writer = writer
    return writer
  }

  /// The same for a thread that need not be loaded; then the lock is held as long as the writer is.
  func writer(ofStored id: UUID) throws(RPCError) -> ThreadWriter {
    if loadedThreads[id] != nil { return try writer(of: id) }
    _ = try writablePlace(of: id)
    return try ThreadWriter(of: id, home: store.home)
  }

  /// Where a thread may be written: never outside of the home, whatever path opened it.
  func writablePlace(of id: UUID) throws(RPCError) -> RolloutStore.Place {
    do throws(StoreError) {
      let place = try place(of: id)
      guard store.contains(place.path) else { throw StoreError.outside(place.path) }
      return place
    } catch {
      throw RPCError(error)
    }
  }

  /// Gives a thread that was only started its file.
  func storeIfNeeded(_ id: UUID) throws(RPCError) {
    guard let unstored = loadedThreads[id]?.unstored, let path = unstored.path else { return }
    try unstored.store(at: path)
    loadedThreads[id]?.unstored = nil
  }
}
