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

  /// The threads that a query asks for, from its cursor on.
  func page(_ query: ListQuery, _ cancellation: Cancellation) throws(RPCError) -> ThreadPage {
    let files = try current()
    var selection = Selection(query, modelProvider: modelProvider)
    if query.filter.term != nil { selection.names = store.names.names() }
    if let ancestor = query.filter.ancestor {
      selection.descendants = descendants(of: ancestor, in: files, cancellation)
    }
    var groups = candidates(query, in: files, cancellation)[...]
    while let next = groups.first, !cancellation.isCancelled, !selection.isSettled(before: next) {
      let batch = groups.prefix(Self.batch)
      groups = groups.dropFirst(Self.batch)
      load(.row, of: batch.map(\.group), in: files, cancellation)
      for candidate in batch {
        for row in rows(of: candidate.group, in: files) {
          selection.offer(row, of: candidate.group)
        }
      }
    }
    return selection.page
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

// Looking at files.
extension ThreadCatalog {
  /// How many groups are looked at before it is asked whether they were enough.
  private static let batch = 128

  /// The groups that may have threads behind the cursor, in the order of the first that may come.
  ///
  /// By the days of their files or, for the order by changes, by the ends of all files: what
  /// reads on stops when a page is full.
  private func candidates(
    _ query: ListQuery, in files: GroupedFiles, _ cancellation: Cancellation
  ) -> [Candidate] {
    let isDescending = query.isDescending
    switch query.key {
    case .createdAt:
      let groups = isDescending ? files.newestFirst : files.oldestFirst
      return groups.map { Candidate($0, $0.times, query) }.filter(query.mayAdmit)
    case .updatedAt:
      let groups = files.newestFirst
      load(.end, of: groups, in: files, cancellation)
      load(.row, of: groups.filter { $0.files.count > 1 }, in: files, cancellation)
      let known = groups.compactMap { group in
        group.changes.map { Candidate(group, $0, query) }
      }
      return known.filter(query.mayAdmit).sorted {
        isDescending ? $0.first > $1.first : $0.first < $1.first
      }
    }
  }

  /// Looks at the files of these groups, with all processors if there is much to do.
  private func load(
    _ depth: CatalogFile.Depth, of groups: [ThreadGroup], in files: GroupedFiles,
    _ cancellation: Cancellation
  ) {
    let now = WallClock.now()
    let stale = groups.lazy.flatMap(\.files).filter { $0.needsLook(depth, at: now) }
    let serverDirectory = serverDirectory
    let store = store
    let look = { @Sendable (file: CatalogFile) in
      if cancellation.isCancelled { return }
      file.look(
        depth, at: now, base: { files.path(ofBase: $0) ?? store.path(ofBase: $0) },
        serverDirectory: serverDirectory)
    }
    let work = Array(stale)
    if work.count < 8 { return work.forEach(look) }
    worker.concurrently(work.count) { look(work[$0]) }
  }

  /// A group's threads; not those that files of their own name tell of.
  private func rows(of group: ThreadGroup, in files: GroupedFiles) -> [ThreadRow] {
    let rows = group.rows(in: store)
    if rows.allSatisfy({ files[$0.id] === group }) { return rows }
    return rows.filter { row in
      guard let named = files[row.id], named !== group else { return true }
      load(.row, of: [named], in: files, Cancellation())
      return !named.holds(row.id)
    }
  }

  private func descendants(
    of ancestor: UUID, in files: GroupedFiles, _ cancellation: Cancellation
  ) -> Set<UUID> {
    load(.row, of: files.newestFirst, in: files, cancellation)
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
