import JSONRPC
import Rollouts
import System

/// Writes one thread, and keeps every other program from that as long as it lives (ROLLOUTS.md 6).
final class ThreadWriter {
  let id: UUID
  /// Nil for a thread that only memory has.
  private let lock: WriterLock?
  private var appender: RolloutAppender?

  /// Takes the lock; the files are opened by the first append.
  init(of id: UUID, home: String) throws(RPCError) {
    self.id = id
    lock = try WriterLock.take(id, home: home)
  }

  init(_ unstored: UnstoredThread) {
    id = unstored.id
    lock = nil
  }

  /// Appends records, all of them or none, in one write.
  func append(on server: Server, _ add: (inout RecordWriter) -> Void) throws(RPCError) {
    do throws(SystemError) {
      if let appender, try !appender.isCurrent() { forgetFile() }
    } catch {
      throw .unwritable(error)
    }
    if appender == nil { appender = try open(on: server) }
    do throws(SystemError) {
      try appender?.append(at: WallClock.now(), add)
    } catch {
      throw .unwritable(error)
    }
  }

  /// The next append goes to what is the thread's file then.
  func forgetFile() { appender = nil }

  private func open(on server: Server) throws(RPCError) -> RolloutAppender {
    if let unstored = server.loadedThreads[id]?.unstored {
      let chain = try unstored.chain()
      do throws(SystemError) { return try RolloutAppender(chain, path: nil) } catch {
        throw .unwritable(error)
      }
    }
    let place = try unpacked(server.writablePlace(of: id))
    let chain: RolloutChain
    do throws(StoreError) { chain = try server.store.chain(place) } catch { throw RPCError(error) }
    do throws(SystemError) { return try RolloutAppender(chain, path: place.path) } catch {
      throw .unwritable(error)
    }
  }

  /// Nothing can be appended to a compressed file: it gives way to one with its content.
  private func unpacked(_ place: RolloutStore.Place) throws(RPCError) -> RolloutStore.Place {
    guard RolloutFile.isCompressed(place.path) else { return place }
    do throws(SystemError) {
      let path = try RolloutFile.unpackBeside(place.path)
      try File.remove(place.path)
      return RolloutStore.Place(id: place.id, path: path, isArchived: place.isArchived)
    } catch {
      throw .unwritable(error)
    }
  }
}

extension WriterLock {
  /// Takes the lock of a thread, or says who has it.
  static func take(_ id: UUID, home: String) throws(RPCError) -> WriterLock {
    do throws(WriterLockError) {
      return try WriterLock(thread: id, home: home)
    } catch {
      switch error {
      case .failed(let error): throw .unwritable(error)
      case .held(let holder):
        throw .locked(
          id.description, holder: holder.map { LockHolder(pid: $0.pid, name: $0.name) })
      }
    }
  }
}
