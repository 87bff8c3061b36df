import History
import JSONRPC
import Rollouts
import Synchronization
import System

/// Searches through all stored threads, with all processors.
struct ThreadSearcher: Sendable {
  private let term: SearchTerm
  private let catalog: ThreadCatalog
  private let store: RolloutStore
  private let worker: Worker
  /// The server's, which relative paths count from.
  private let directory: String
  private let log: Log

  /// How many threads are searched before it is asked whether their hits are enough.
  private static let batch = 16

  init(_ term: SearchTerm, on server: Server) {
    self.term = term
    catalog = server.catalog
    store = server.store
    worker = server.worker
    directory = server.host.directory
    log = server.log
  }

  /// A thread that shows the term, and where it first does.
  struct Hit: Sendable {
    let row: ThreadRow
    let key: ThreadPosition
    let snippet: Snippet
  }

  /// The first hits in the order of a query.
  struct Page: Sendable {
    var hits: [Hit] = []
    /// Threads that could not be searched for more than their names.
    var unread: [ThreadRow] = []
    var hasMore = false
    /// When the order was that of the list, if it changes with time.
    var moment: Int64?
  }

  /// Searches through the threads that a query asks for, from its cursor on, until it has as many
  /// hits as it asks for and knows whether there are more.
  func page(_ query: ListQuery, unless cancellation: Cancellation) throws(RPCError) -> Page {
    var page = Page()
    var next = query
    next.limit = Self.batch
    repeat {
      let listed = try catalog.page(next, cancellation)
      page.moment = listed.moment
      page.unread += listed.rows.filter { $0.loss != nil }
      let found = snippets(in: listed.rows, unless: cancellation)
      for (index, snippet) in found.enumerated() {
        guard let snippet else { continue }
        page.hasMore = page.hits.count == query.limit
        if page.hasMore { return page }
        page.hits.append(Hit(row: listed.rows[index], key: listed.keys[index], snippet: snippet))
      }
      next.cursor = listed.next
    } while next.cursor != nil && !cancellation.isCancelled
    return page
  }

  /// The first hit in each of some threads.
  private func snippets(in rows: [ThreadRow], unless cancellation: Cancellation) -> [Snippet?] {
    let names = store.names.names()
    let found = SharedSnippets(count: rows.count)
    worker.concurrently(rows.count) { index in
      let row = rows[index]
      let name = names[row.id] ?? row.summary.name
      found.set(snippet(in: row.place, called: name, unless: cancellation), at: index)
    }
    return found.all
  }

  /// What is said in a thread goes before what it is called, which is shown beside it anyway; a
  /// thread that cannot be read holds up no other one.
  private func snippet(
    in place: RolloutStore.Place, called name: String?, unless cancellation: Cancellation
  ) -> Snippet? {
    if cancellation.isCancelled { return nil }
    do throws(RPCError) {
      let opened = try OpenedThread(place, in: store, directory: directory, log: log)
      if let hit = try opened.firstHit(of: term, unless: cancellation) { return hit }
    } catch {
      log.warn("thread \(place.id): not searched: \(error.message)")
    }
    return name.flatMap { name in
      term.firstRange(in: name).map { Snippet(of: $0, in: name) }
    }
  }
}

/// Takes what several threads find.
private final class SharedSnippets: Sendable {
  private let snippets: Mutex<[Snippet?]>

  init(count: Int) { snippets = Mutex(Array(repeating: nil, count: count)) }

  var all: [Snippet?] { snippets.withLock { $0 } }

  func set(_ snippet: Snippet?, at index: Int) { snippets.withLock { $0[index] = snippet } }
}
