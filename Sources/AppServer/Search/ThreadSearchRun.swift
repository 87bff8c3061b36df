import History
import JSONRPC
import Protocol
import Rollouts
import System

/// A search through the stored threads.
struct ThreadSearchRun: Sendable {
  let term: SearchTerm
  let threads: [SearchedThread]
  let limit: Int
  let store: RolloutStore
  /// The server's, which relative paths count from.
  let directory: String
  let log: Log

  /// A thread that shows the term, and where it first does.
  struct Hit: Sendable {
    let thread: OpenedThread
    let position: ThreadPosition
    let snippet: Snippet
  }

  /// The first hits in the order of the threads, and whether there are more.
  func hits(unless cancellation: Cancellation) -> (hits: [Hit], hasMore: Bool) {
    var hits: [Hit] = []
    for thread in threads {
      guard !cancellation.isCancelled, let hit = hit(in: thread, unless: cancellation) else {
        continue
      }
      if hits.count == limit { return (hits, true) }
      hits.append(hit)
    }
    return (hits, false)
  }

  /// A thread that cannot be read holds up no other one.
  private func hit(in thread: SearchedThread, unless cancellation: Cancellation) -> Hit? {
    do throws(RPCError) {
      let opened = try OpenedThread(thread.place, in: store, directory: directory, log: log)
      guard let snippet = try snippet(of: opened, unless: cancellation) else { return nil }
      return Hit(thread: opened.withoutTurns, position: thread.position, snippet: snippet)
    } catch {
      log.warn("thread \(thread.place.id): not searched: \(error.message)")
      return nil
    }
  }

  /// What is said in the thread goes before what it is called, which is shown beside it anyway.
  private func snippet(
    of opened: OpenedThread, unless cancellation: Cancellation
  ) throws(RPCError) -> Snippet? {
    do throws(SystemError) {
      if let hit = try opened.firstHit(of: term, unless: cancellation) { return hit }
    } catch {
      throw .unreadable(error)
    }
    guard let name = store.names.name(of: opened.id) ?? opened.stored.name else { return nil }
    return term.firstRange(in: name).map { Snippet(of: $0, in: name) }
  }
}
