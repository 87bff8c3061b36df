import JSONRPC
import Rollouts
import System

// Which file of which thread a request means.
extension Server {
  /// Finds a thread by its id. A loaded one may be in memory only, or have been opened from a file that
  /// its id does not lead to.
  func place(of id: UUID) throws(StoreError) -> RolloutStore.Place {
    if let unstored = loadedThreads[id]?.unstored { return unstored.place }
    if let opened = openedPlace(of: id) { return opened }
    return try store.thread(id)
  }

  /// The very file that a request named when it loaded the thread, as long as it is there and the
  /// thread goes on in it: another program may have reverted the thread since.
  private func openedPlace(of id: UUID) -> RolloutStore.Place? {
    guard let path = loadedThreads[id]?.path,
      let place = try? store.thread(atPath: path, relativeTo: host.directory), place.id == id,
      let current = try? store.current(place), current.path == place.path
    else { return nil }
    return current
  }

  /// The thread that resume or fork is asked for: by a path, else by an id.
  func place(ofPath path: String?, id: String) throws(RPCError) -> RolloutStore.Place {
    if let path, !path.isEmpty { return try place(atPath: path) }
    let id = try UUID(sessionID: id)
    do throws(StoreError) {
      let place = try place(of: id)
      if !place.isArchived { return place }
    } catch {
      throw RPCError(error)
    }
    throw .archived(id.description)
  }

  private func place(atPath path: String) throws(RPCError) -> RolloutStore.Place {
    let place: RolloutStore.Place
    let current: RolloutStore.Place
    do throws(StoreError) {
      place = try store.thread(atPath: path, relativeTo: host.directory)
      current = try store.current(place)
    } catch {
      throw RPCError(error)
    }
    guard current.path == place.path else {
      throw .stalePath(place.id.description, path, current: current.path)
    }
    return current
  }

  /// A loaded thread goes on in the file that it was loaded from: one that is shown from another would
  /// not be the one that is written to.
  ///
  /// - Parameter path: As the request has it; nil where it names none.
  func checkActive(_ path: String?) throws(RPCError) {
    guard let path, !path.isEmpty,
      let place = try? store.thread(atPath: path, relativeTo: host.directory),
      loadedThreads[place.id] != nil, let active = try? self.place(of: place.id),
      !store.areSameFile(active.path, place.path)
    else { return }
    throw .stalePathOfLoaded(place.id.description, path, active: active.path)
  }
}
