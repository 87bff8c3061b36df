import JSONRPC
import Rollouts
import Synchronization
import System

/// All stored threads, as lists and searches show them.
///
/// What the files say is remembered in memory and read again where a file changed; nothing is
/// written. To be asked beside the loop: the first answer may need every file.
final class ThreadCatalog: Sendable {
  private let store: RolloutStore
  private let listing: RolloutListing
  private let worker: Worker
  private let serverDirectory: String
  /// What a thread has that names none.
  private let modelProvider: String
  private let grouped = Mutex(GroupedFiles())

  init(store: RolloutStore, worker: Worker, serverDirectory: String, modelProvider: String) {
    self.store = store
    self.worker = worker
    self.serverDirectory = serverDirectory
    self.modelProvider = modelProvider
    listing = RolloutListing(home: store.home)
  }

  /// One page of a list.
  struct Page: Sendable {
    var rows: [ThreadRow] = []
    /// Where the next page begins; nil on the last one.
    var next: PageCursor?
    /// Where the page before begins, in the other direction.
    var backwards: PageCursor?
  }

  /// The threads that a filter lets through, from the query's cursor on.
  func page(_ query: ListQuery, _ cancellation: Cancellation) throws(RPCError) -> Page {
    let files = try current()
    var descendants: Set<UUID> = []
    if let ancestor = query.filter.ancestor {
      descendants = self.descendants(of: ancestor, in: files, cancellation)
    }
    let names = query.filter.term == nil ? [:] : store.names.names()
    var best = BestRows(count: query.limit + 1, descending: query.isDescending)
    visit(files, query, cancellation, until: { best.isSettled(before: $0) }) { row, key in
      guard query.cursor?.admits(key, descending: query.isDescending) ?? true,
        best.wants(key),
        query.filter.matches(
          row, modelProvider: modelProvider, names: names, descendants: descendants)
      else { return }
      best.insert(row, key)
    }
    return best.page(limit: query.limit)
  }

  /// Every thread there is, in no order.
  func rows(_ cancellation: Cancellation) throws(RPCError) -> [ThreadRow] {
    let files = try current()
    var rows: [ThreadRow] = []
    load(files.newestFirst[...], of: files, cancellation)
    for group in files.newestFirst { rows += self.rows(of: group, in: files) }
    return rows
  }

  /// The files as the folders list them now.
  private func current() throws(RPCError) -> GroupedFiles {
    let edition: Int
    do throws(SystemError) {
      edition = try listing.refresh()
    } catch {
      throw .unreadable(error)
    }
    return grouped.withLock { grouped in
      if grouped.edition != edition {
        grouped = GroupedFiles(listing.folders, edition: edition, known: grouped.filesByPath)
      }
      return grouped
    }
  }
}

// Going over the threads.
extension ThreadCatalog {
  /// How many groups are looked at before it is asked whether that was enough.
  private static let batch = 128

  /// Shows the threads that may lie behind the cursor and the keys they are ordered by.
  ///
  /// - Parameter isEnough: Asked with the first key that may come now.
  private func visit(
    _ files: GroupedFiles, _ query: ListQuery, _ cancellation: Cancellation,
    until isEnough: (_ time: Int64) -> Bool, _ body: (ThreadRow, RowKey) -> Void
  ) {
    var groups = (query.isDescending ? files.newestFirst : files.oldestFirst)[...]
    if query.key == .updatedAt { load(groups, of: files, cancellation) }
    while !groups.isEmpty, !cancellation.isCancelled {
      let batch = groups.prefix(Self.batch)
      groups = groups.dropFirst(Self.batch)
      if query.key == .createdAt {
        if isEnough(query.firstTime(of: batch[batch.startIndex])) { return }
        load(batch.filter(query.mayAdmit)[...], of: files, cancellation)
      }
      for group in batch where query.mayAdmit(group) {
        for row in rows(of: group, in: files) { body(row, query.key(of: row, in: group)) }
      }
    }
  }

  /// Looks at the files of these groups, with all processors if there is much to do.
  private func load(
    _ groups: ArraySlice<ThreadGroup>, of files: GroupedFiles, _ cancellation: Cancellation
  ) {
    let now = WallClock.now()
    let stale = groups.lazy.flatMap(\.files).filter { $0.isStale(at: now) }
    let serverDirectory = serverDirectory
    let store = store
    let refresh = { @Sendable (file: CatalogFile) in
      if cancellation.isCancelled { return }
      file.refresh(
        at: now, base: { files.path(ofBase: $0) ?? store.path(ofBase: $0) },
        serverDirectory: serverDirectory)
    }
    let work = Array(stale)
    if work.count < 8 { return work.forEach(refresh) }
    worker.concurrently(work.count) { refresh(work[$0]) }
  }

  /// A group's threads; not those that files of their own name tell of.
  private func rows(of group: ThreadGroup, in files: GroupedFiles) -> [ThreadRow] {
    let rows = group.rows(in: store)
    if rows.allSatisfy({ files[$0.id] === group }) { return rows }
    return rows.filter { row in
      guard let named = files[row.id], named !== group else { return true }
      load([named], of: files, Cancellation())
      return !named.holds(row.id)
    }
  }

  private func descendants(
    of ancestor: UUID, in files: GroupedFiles, _ cancellation: Cancellation
  ) -> Set<UUID> {
    load(files.newestFirst[...], of: files, cancellation)
    let rows = files.newestFirst.flatMap { self.rows(of: $0, in: files) }
    let children = Dictionary(grouping: rows) { $0.parent }
    var found: Set<UUID> = []
    var open = [ancestor]
    while let parent = open.popLast() {
      for child in children[parent] ?? [] where found.insert(child.id).inserted {
        open.append(child.id)
      }
    }
    return found
  }
}

extension GroupedFiles {
  /// The file that a `history_base` means.
  fileprivate func path(ofBase id: UUID) -> String? {
    let named = self[id]?.files.map(\.file).filter { $0.name.lastID == id }
    return named?.min { $0.rank < $1.rank }?.path
  }
}
