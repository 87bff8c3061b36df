import Platform

/// The rows of a page while the threads are gone over, in whatever order.
struct ListPageBuilder {
  /// What the index calls the threads.
  var names: [UUID: String] = [:]
  /// The threads below the filter's ancestor.
  var descendants: Set<UUID> = []
  private let query: ListQuery
  private let modelProvider: String
  /// In the order of the list; one more than the page has tells that there is a next page.
  private var rows: [ListRow] = []

  /// When the order was that of the list, if it changes with time.
  private let moment: Int64?

  /// - Parameters:
  ///   - moment: In ms since 1970.
  ///   - modelProvider: What a thread has that names none.
  init(_ query: ListQuery, asOf moment: Int64?, modelProvider: String) {
    self.query = query
    self.moment = moment
    self.modelProvider = modelProvider
  }

  /// Whether a thread that stands at this time, and all behind it, can change nothing any more.
  func isSettled(before time: Int64) -> Bool {
    guard isFull, let last = rows.last?.position.time else { return false }
    return query.isDescending ? last > time : last < time
  }

  /// Takes a thread if it belongs on the page, as far as is known yet.
  ///
  /// - Parameter isShown: Asked last, because it can take long: whether the thread is shown in this
  ///   group and not in another one.
  mutating func offer(
    _ overview: ThreadOverview, of group: FileGroup, if isShown: () -> Bool
  ) {
    let time = moment.map { group.updatedAt(overview, asOf: $0) } ?? group.createdAt(overview)
    let position = ListPosition(time: time, id: overview.id)
    if let start = query.cursor?.start {
      guard position == start.row ? start.isIncluded : precedes(start.row, position) else { return }
    }
    if isFull, let last = rows.last, !precedes(position, last.position) { return }
    let isMeant = query.filter.matches(
      overview, modelProvider: modelProvider, names: names, descendants: descendants)
    if isMeant, isShown() { insert(ListRow(overview: overview, position: position)) }
  }

  private var isFull: Bool { rows.count > query.limit }

  private mutating func insert(_ row: ListRow) {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if precedes(rows[middle].position, row.position) { low = middle + 1 } else { high = middle }
    }
    rows.insert(row, at: low)
    if rows.count > query.limit + 1 { rows.removeLast() }
  }

  private func precedes(_ one: ListPosition, _ other: ListPosition) -> Bool {
    query.isDescending ? one > other : one < other
  }

  /// The page as far as the threads were gone over.
  var page: ListPage {
    var page = ListPage()
    page.rows = Array(rows.prefix(query.limit))
    page.moment = moment
    if isFull, let last = page.rows.last {
      page.next = ListCursor(last.position, including: false, asOf: moment)
    }
    page.backwards = page.rows.first.map { ListCursor($0.position, including: true) }
    return page
  }
}
