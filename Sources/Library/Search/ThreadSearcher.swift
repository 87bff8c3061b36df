import History
package import Platform
import Rollouts
import Synchronization

/// Searches through all stored threads, with all processors.
package struct ThreadSearcher: Sendable {
  private let term: SearchTerm
  private let library: ThreadLibrary

  /// How many threads are searched before it is asked whether their hits are enough.
  private static let batch = 16

  package init(_ term: SearchTerm, in library: ThreadLibrary) {
    self.term = term
    self.library = library
  }

  /// A thread that shows the term, and where it first does.
  package struct Hit: Sendable {
    package let row: ListRow
    package let snippet: Snippet
  }

  /// The first hits in the order of a query.
  package struct Page: Sendable {
    package var hits: [Hit] = []
    /// Threads that could not be searched for more than their names.
    package var unread: [ThreadOverview] = []
    package var hasMore = false
    /// When the order was that of the list, in ms since 1970; nil where the order does not change
    /// with time.
    package var moment: Int64?
  }

  /// Searches through the threads that a query asks for, from its cursor on, until it has as many
  /// hits as it asks for and knows whether there are more.
  package func page(
    _ query: ListQuery, unless cancellation: Cancellation
  ) throws(LibraryError) -> Page {
    var page = Page()
    var next = query
    next.limit = Self.batch
    repeat {
      let listed = try library.catalog.page(next, cancellation)
      page.moment = listed.moment
      page.unread += listed.rows.lazy.map(\.overview).filter { $0.unreadable != nil }
      let found = snippets(in: listed.rows.map(\.overview), unless: cancellation)
      for (row, snippet) in zip(listed.rows, found) {
        guard let snippet else { continue }
        page.hasMore = page.hits.count == query.limit
        if page.hasMore { return page }
        page.hits.append(Hit(row: row, snippet: snippet))
      }
      next.cursor = listed.next
    } while next.cursor != nil && !cancellation.isCancelled
    return page
  }

  /// The first hit in each of some threads.
  private func snippets(
    in threads: [ThreadOverview], unless cancellation: Cancellation
  ) -> [Snippet?] {
    let names = library.store.names.names()
    let found = SharedSnippets(count: threads.count)
    library.helpers.forEach(threads.count) { index in
      let thread = threads[index]
      let name = names[thread.id] ?? thread.summary.name
      found.set(snippet(in: thread.location, called: name, unless: cancellation), at: index)
    }
    return found.all
  }

  /// What is said in a thread goes before what the thread is called, which is shown beside the hit
  /// anyway; a thread that cannot be read holds up no other one.
  private func snippet(
    in location: ThreadLocation, called name: String?, unless cancellation: Cancellation
  ) -> Snippet? {
    if cancellation.isCancelled { return nil }
    do throws(LibraryError) {
      let snapshot = try library.freshSnapshot(of: location)
      if let hit = try snapshot.firstHit(of: term, unless: cancellation) { return hit }
    } catch {
      library.log.warn("thread \(location.id): not searched: \(error)")
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
