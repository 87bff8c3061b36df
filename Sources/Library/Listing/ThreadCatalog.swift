package import Platform
import Rollouts
import Synchronization

/// All stored threads, as lists and searches show them.
///
/// What was read of the files is kept in memory, and read again if a file changes; nothing is
/// written. The first page may have to read every file, so pages are requested outside of the
/// loop's thread.
package final class ThreadCatalog: Sendable {
  private let store: RolloutStore
  private let helpers: ThreadPool
  private let directory: String
  /// The provider of threads that record none.
  private let modelProvider: String
  private let grouped = Mutex<GroupedFiles?>(nil)
  private let bases = BaseTable()
  private let order = Mutex<ChangeOrder?>(nil)
  /// The number of requests of this server that have changed a stored thread.
  private let writes = Atomic<Int>(0)

  init(store: RolloutStore, helpers: ThreadPool, directory: String, modelProvider: String) {
    self.store = store
    self.helpers = helpers
    self.directory = directory
    self.modelProvider = modelProvider
  }

  /// Notes that this server has changed a stored thread, so that the next list checks all files
  /// that it shows.
  package func noteWrite() { writes.add(1, ordering: .relaxed) }

  /// The page that a query asks for.
  ///
  /// - Throws: `unreadable` if the folder of the active threads, or of the archived ones, cannot be
  ///   read. What other folders cannot be read is in the page.
  package func page(
    _ query: ListQuery, _ cancellation: Cancellation
  ) throws(LibraryError) -> ListPage {
    var looks = 1
    var page = try look(query, cancellation)
    while page.missesFile, looks < Self.looks {
      looks += 1
      page = try look(query, cancellation)
    }
    return page
  }

  /// How often a page is made from which other processes move files away.
  private static let looks = 3

  private func look(
    _ query: ListQuery, _ cancellation: Cancellation
  ) throws(LibraryError) -> ListPage {
    if let page = try newestPage(query, cancellation) { return page }
    let files = try grouped { (listing) throws(SystemError) in try listing.all() }
    switch query.key {
    case .createdAt:
      let groups = files.newestFirst.lazy.map { ListCandidate(group: $0, times: $0.times) }
      if query.isDescending { return try page(query, of: groups, in: files, cancellation) }
      let oldestFirst = groups.sorted { $0.times.lowerBound < $1.times.lowerBound }
      return try page(query, of: oldestFirst, in: files, cancellation)
    case .updatedAt:
      let order = changeOrder(query, in: files, cancellation)
      var page = try page(
        query, of: order.candidates, in: files, asOf: order.moment, cancellation)
      page.missesFile = page.missesFile || order.missesFile
      return page
    }
  }
}

// Pages.
extension ThreadCatalog {
  /// The number of groups that are checked before the page is tested for completeness.
  private static let batch = 64
  /// The number of the newest files that are usually enough for a first page.
  private static let newest = 512

  /// The first page of a list by creation, from the newest files alone; nil if older files may have
  /// an effect on the page.
  private func newestPage(
    _ query: ListQuery, _ cancellation: Cancellation
  ) throws(LibraryError) -> ListPage? {
    guard query.key == .createdAt, query.isDescending, query.cursor == nil,
      !query.filter.isArchived, query.filter.ancestor == nil
    else { return nil }
    let files = try grouped { (listing) throws(SystemError) in try listing.newest(Self.newest) }
    guard let firstDay = files.files.firstDay else { return nil }
    let older = FileGroup.times(of: Int64(firstDay)).upperBound
    let groups = files.newestFirst.prefix { $0.times.upperBound > older }
    let candidates = groups.lazy.map { ListCandidate(group: $0, times: $0.times) }
    let page = try page(query, of: candidates, in: files, cancellation)
    guard let last = page.rows.last?.position, page.next != nil, last.time > older else {
      return nil
    }
    return groups.allSatisfy { $0.times.upperBound < last.time || $0.isPlain } ? page : nil
  }

  /// Builds a page.
  ///
  /// - Parameters:
  ///   - candidates: The groups in the order of `ListCandidate.first`.
  ///   - moment: The moment whose order the list has, in milliseconds since 1970; nil if the order
  ///     cannot change.
  private func page(
    _ query: ListQuery, of candidates: some Sequence<ListCandidate>, in files: GroupedFiles,
    asOf moment: Int64? = nil, _ cancellation: Cancellation
  ) throws(LibraryError) -> ListPage {
    let unread = files.files.unread.filter { $0.folder.isArchived == query.filter.isArchived }
    if let root = unread.first(where: \.folder.isRoot) { throw .unreadable(root.error) }
    var builder = ListPageBuilder(query, asOf: moment, modelProvider: modelProvider)
    builder.losses = unread.map { HomeLoss($0) }
    if query.filter.term != nil { builder.names = store.names.names() }
    if let ancestor = query.filter.ancestor {
      builder.descendants = try descendants(of: ancestor)
    }
    // Results of checks from now on count as later than the moment.
    let now = lookTime(after: moment)
    var batch: [FileGroup] = []
    var missesFile = false
    var strays: StrayFiles?
    for candidate in candidates where candidate.mayLieBehind(query) {
      if batch.count == Self.batch {
        missesFile =
          offer(&batch, to: &builder, in: files, &strays, at: now, cancellation) || missesFile
        if cancellation.isCancelled || builder.isSettled(before: candidate.first(query)) { break }
      }
      batch.append(candidate.group)
    }
    missesFile =
      offer(&batch, to: &builder, in: files, &strays, at: now, cancellation) || missesFile
    var page = builder.page
    page.missesFile = missesFile
    return page
  }

  /// Offers the threads of some groups to a page.
  ///
  /// - Returns: Whether a file of them was gone.
  private func offer(
    _ groups: inout [FileGroup], to builder: inout ListPageBuilder, in files: GroupedFiles,
    _ strays: inout StrayFiles?, at now: LookTime, _ cancellation: Cancellation
  ) -> Bool {
    defer { groups.removeAll(keepingCapacity: true) }
    load(groups, in: files, at: now, cancellation)
    for group in groups {
      for thread in group.threads(in: store) {
        builder.offer(thread, of: group) { !isShadowed(thread, in: group, of: files, &strays) }
      }
    }
    return groups.contains(where: \.missesFile)
  }

  /// The groups in the order of their last changes, as it was when the client requested the first
  /// page.
  private func changeOrder(
    _ query: ListQuery, in files: GroupedFiles, _ cancellation: Cancellation
  ) -> ChangeOrder {
    order.withLock { order in
      let now = lookTime()
      if let order, order.serves(query, files, at: now) { return order }
      let (single, several) = FileGroup.split(files.newestFirst)
      look(.end, at: single, in: files, now, cancellation)
      load(several, in: files, at: now, cancellation)
      let new = ChangeOrder(of: files, query, at: now)
      // A cancelled request has not checked all files, so its order is not kept.
      if !cancellation.isCancelled { order = new }
      return new
    }
  }

  private func grouped(
    _ look: (RolloutListing) throws(SystemError) -> RolloutFiles
  ) throws(LibraryError) -> GroupedFiles {
    let files = try LibraryError.reading { () throws(SystemError) in try look(store.listing) }
    return grouped.withLock { grouped in
      if let grouped, grouped.files === files { return grouped }
      let new = GroupedFiles(files, known: grouped)
      grouped = new
      return new
    }
  }
}

// Checking files.
extension ThreadCatalog {
  /// The current time; at least one millisecond after a moment, which is in milliseconds since
  /// 1970.
  private func lookTime(after moment: Int64? = nil) -> LookTime {
    LookTime(
      time: max(WallClock.now(), (moment ?? 0) + 1), writes: writes.load(ordering: .relaxed))
  }

  /// Checks the files of some groups as far as it takes to know which threads are listed. Of several
  /// files of one thread only the newest one that can be listed is read with all files before it, so
  /// that a thread of many files takes no longer for each of them.
  private func load(
    _ groups: [FileGroup], in files: GroupedFiles, at now: LookTime, _ cancellation: Cancellation
  ) {
    let (single, several) = FileGroup.split(groups)
    look(.overview, at: single, in: files, now, cancellation)
    if several.isEmpty { return }
    look(.owner, at: several.flatMap(\.files), in: files, now, cancellation)
    while !cancellation.isCancelled {
      let heads = several.flatMap { $0.unreadHeads(in: store, at: now) }
      if heads.isEmpty { return }
      look(.overview, at: heads, in: files, now, cancellation)
    }
  }

  /// Checks some files. Many files are checked on all processors.
  private func look(
    _ depth: CatalogFile.Depth, at all: [CatalogFile], in files: GroupedFiles, _ now: LookTime,
    _ cancellation: Cancellation
  ) {
    let work = all.filter { $0.needsLook(depth, at: now) }
    let directory = directory
    let store = store
    let bases = bases
    let look = { @Sendable (file: CatalogFile) in
      if cancellation.isCancelled { return }
      file.look(
        depth, at: now, bases: bases, BaseFinder(store.listing, files.files), directory: directory)
    }
    if work.count < 8 { return work.forEach(look) }
    helpers.forEach(work.count) { look(work[$0]) }
  }

  /// Whether a thread has to be shown by another group than the one in which it was found: by the
  /// group of its own id, or by another stray file.
  private func isShadowed(
    _ thread: ThreadOverview, in group: FileGroup, of files: GroupedFiles,
    _ strays: inout StrayFiles?
  ) -> Bool {
    if let named = files[thread.id] {
      if named === group { return false }
      load([named], in: files, at: lookTime(), Cancellation())
      if named.holds(thread.id) { return true }
    }
    let known = strays ?? findStrays(in: files)
    strays = known
    return known.isShadowed(thread)
  }

  private func findStrays(in files: GroupedFiles) -> StrayFiles {
    load(files.newestFirst, in: files, at: lookTime(), Cancellation())
    return StrayFiles(in: files, store)
  }

  /// The ids of all descendants of a thread.
  private func descendants(of ancestor: UUID) throws(LibraryError) -> Set<UUID> {
    let family = try store.family(of: ancestor, allowsRecent: true, on: helpers)
    return Set(family.members.dropFirst().map(\.id))
  }
}

/// The groups in the order of their last changes, as it was at a moment.
private struct ChangeOrder: Sendable {
  /// The moment, in milliseconds since 1970.
  let moment: Int64
  let candidates: [ListCandidate]
  /// Whether a file was gone when it was looked at.
  let missesFile: Bool
  private let files: RolloutFiles
  private let isDescending: Bool
  /// When the files were checked.
  private let seen: LookTime

  init(of files: GroupedFiles, _ query: ListQuery, at now: LookTime) {
    let moment = min(query.cursor?.moment ?? now.time, now.time)
    self.moment = moment
    self.files = files.files
    isDescending = query.isDescending
    seen = now
    missesFile = files.newestFirst.contains(where: \.missesFile)
    let candidates = files.newestFirst.compactMap { group in
      group.changes(asOf: moment).map { ListCandidate(group: group, times: $0) }
    }
    self.candidates = candidates.sorted {
      query.isDescending
        ? $0.times.upperBound > $1.times.upperBound : $0.times.lowerBound < $1.times.lowerBound
    }
  }

  /// Whether the order can be used for a query: for a following page if it has the moment of the
  /// query's cursor, for a first page as long as the files need no check.
  func serves(_ query: ListQuery, _ files: GroupedFiles, at now: LookTime) -> Bool {
    self.files === files.files && isDescending == query.isDescending
      && (query.cursor?.moment.map { $0 == moment } ?? seen.isStillGood(at: now))
  }
}
