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
    /// Threads of which only the names could be searched, because their files cannot be read or were
    /// cut or overwritten meanwhile.
    package var unread: [UnreadThread] = []
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
      let found = search(listed.rows.map(\.overview), unless: cancellation)
      page.unread += zip(listed.rows, found).compactMap { $0.overview.unread ?? $1.unread }
      for (row, result) in zip(listed.rows, found) {
        guard let snippet = result.snippet else { continue }
        page.hasMore = page.hits.count == query.limit
        if page.hasMore { return page }
        page.hits.append(Hit(row: row, snippet: snippet))
      }
      next.cursor = listed.next
    } while next.cursor != nil && !cancellation.isCancelled
    return page
  }

  /// Searches some threads.
  private func search(
    _ threads: [ThreadOverview], unless cancellation: Cancellation
  ) -> [SearchedThread] {
    let names = library.store.names.names()
    let searched = SearchedThreads(count: threads.count)
    library.helpers.forEach(threads.count) { index in
      let thread = threads[index]
      let name = names[thread.id] ?? thread.summary.name
      searched.set(search(thread.location, called: name, unless: cancellation), at: index)
    }
    return searched.all
  }

  /// Finds the first occurrence in the items of a thread, else in its name, which clients show
  /// anyway. The name alone is searched if the thread cannot be read.
  private func search(
    _ location: ThreadLocation, called name: String?, unless cancellation: Cancellation
  ) -> SearchedThread {
    var searched = SearchedThread()
    if cancellation.isCancelled { return searched }
    do throws(LibraryError) {
      let snapshot = try library.freshSnapshot(of: location)
      searched.snippet = try snapshot.firstHit(of: term, unless: cancellation)
    } catch {
      library.log.warn("thread \(location.id): not searched: \(error)")
      if case .unreadable = error {
        searched.unread = UnreadThread(id: location.id, reason: "\(error)")
      }
    }
    searched.snippet =
      searched.snippet
      ?? name.flatMap { name in
        term.firstRange(in: name).map { Snippet(of: $0, in: name) }
      }
    return searched
  }
}

/// What a search found in a thread.
private struct SearchedThread {
  /// The first occurrence; nil if there is none.
  var snippet: Snippet?
  /// The thread, if it could not be read; else nil.
  var unread: UnreadThread?
}

/// What several threads find.
private final class SearchedThreads: Sendable {
  private let threads: Mutex<[SearchedThread]>

  init(count: Int) { threads = Mutex(Array(repeating: SearchedThread(), count: count)) }

  var all: [SearchedThread] { threads.withLock { $0 } }

  func set(_ thread: SearchedThread, at index: Int) { threads.withLock { $0[index] = thread } }
}
