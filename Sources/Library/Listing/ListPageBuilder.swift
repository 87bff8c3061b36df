import Platform

/// Collects the rows of a page from threads that are offered in any order.
struct ListPageBuilder {
  /// The names of threads in the session index.
  var names: [UUID: String] = [:]
  /// The descendants of the filter's ancestor.
  var descendants: Set<UUID> = []
  /// The parts of the home that the list lacks.
  var losses: [HomeLoss] = []
  private let query: ListQuery
  private let modelProvider: String
  /// The best rows so far, in the order of the list. There is one more than the page shows if there
  /// is a next page.
  private var rows: [ListRow] = []

  /// The moment whose order the list has, in milliseconds since 1970; nil if the order cannot
  /// change.
  private let moment: Int64?

  /// Creates a builder without rows.
  ///
  /// - Parameters:
  ///   - moment: The moment whose order the list has, in milliseconds since 1970; nil if the order
  ///     cannot change.
  ///   - modelProvider: The provider of threads that record none.
  init(_ query: ListQuery, asOf moment: Int64?, modelProvider: String) {
    self.query = query
    self.moment = moment
    self.modelProvider = modelProvider
  }

  /// Whether no thread at a time, or after it in the order of the list, can change the page.
  func isSettled(before time: Int64) -> Bool {
    guard isFull, let last = rows.last?.position.time else { return false }
    return query.isDescending ? last > time : last < time
  }

  /// Adds a thread if it belongs on the page, as far as is known so far.
  ///
  /// - Parameter isShown: Whether the thread is shown in this group and not in another one. Called
  ///   last, because it may take long.
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

  /// The page of the threads that were offered so far.
  var page: ListPage {
    var page = ListPage()
    page.rows = Array(rows.prefix(query.limit))
    page.moment = moment
    page.losses = losses
    if isFull, let last = page.rows.last {
      page.next = ListCursor(last.position, including: false, asOf: moment)
    }
    page.backwards = page.rows.first.map { ListCursor($0.position, including: true) }
    return page
  }
}
