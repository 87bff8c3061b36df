import History
package import Platform
import Rollouts
import Synchronization

/// Searches all stored threads, on all processors.
package struct ThreadSearcher: Sendable {
  private let term: SearchTerm
  private let library: ThreadLibrary

  /// The number of threads that are searched before the page is tested for completeness.
  private static let batch = 16

  /// Creates a searcher for a text.
  package init(_ term: SearchTerm, in library: ThreadLibrary) {
    self.term = term
    self.library = library
  }

  /// A thread that contains the searched text, with the first occurrence.
  package struct Hit: Sendable {
    /// The thread, and its position in the list.
    package let row: ListRow
    /// The first occurrence.
    package let snippet: Snippet
  }

  /// A page of hits, in the order of a query.
  package struct Page: Sendable {
    /// The threads that contain the searched text.
    package var hits: [Hit] = []
    /// Threads of which only the names could be searched, because their files cannot be read.
    package var unread: [ThreadOverview] = []
    /// The parts of the home that were not searched.
    package var losses: [HomeLoss] = []
    /// Whether there is another hit after this page.
    package var hasMore = false
    /// The moment whose order the list has, in milliseconds since 1970; nil if the order cannot
    /// change.
    package var moment: Int64?
  }

  /// Searches the threads that a query asks for, until the page is full and it is known whether
  /// there are more hits, or until the request is cancelled.
  ///
  /// - Throws: `unreadable` if the folders of the home cannot be read.
  package func page(
    _ query: ListQuery, unless cancellation: Cancellation
  ) throws(LibraryError) -> Page {
    var page = Page()
    var next = query
    next.limit = Self.batch
    repeat {
      let listed = try library.catalog.page(next, cancellation)
      page.moment = listed.moment
      page.losses = listed.losses
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

  /// The first occurrence in each of some threads; nil for a thread without any.
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

  /// The first occurrence in the items of a thread, else in its name, which clients show anyway;
  /// nil if there is none. The name alone is searched if the thread cannot be read.
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

/// The snippets that several threads find.
private final class SharedSnippets: Sendable {
  private let snippets: Mutex<[Snippet?]>

  init(count: Int) { snippets = Mutex(Array(repeating: nil, count: count)) }

  var all: [Snippet?] { snippets.withLock { $0 } }

  func set(_ snippet: Snippet?, at index: Int) { snippets.withLock { $0[index] = snippet } }
}
