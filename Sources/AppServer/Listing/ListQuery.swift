import System

/// What a list is asked for.
struct ListQuery: Sendable {
  enum Key: Sendable { case createdAt, updatedAt }

  var filter = ThreadFilter()
  var key = Key.createdAt
  var isDescending = true
  /// Where the page begins.
  var start: Page<ThreadPosition>.Start?
  var limit = 25
}

extension ListQuery {
  /// What a thread is ordered by. When it was created counts as far as the days of its files agree.
  func key(of row: ThreadRow, in group: ThreadGroup) -> ThreadPosition {
    switch key {
    case .updatedAt: ThreadPosition(time: row.updatedAt, id: row.id)
    case .createdAt:
      ThreadPosition(
        time: min(max(row.createdAt, group.times.lowerBound), group.times.upperBound), id: row.id)
    }
  }

  /// Whether a thread of the group may lie behind the cursor.
  func mayAdmit(_ candidate: Candidate) -> Bool {
    guard let time = start?.row.time else { return true }
    return isDescending ? candidate.last <= time : candidate.last >= time
  }
}

/// A group that may have threads for a list, and between which times they stand in it.
struct Candidate {
  let group: ThreadGroup
  /// Of the first thread that may come, in ms since 1970.
  let first: Int64
  /// Of the last one.
  let last: Int64

  init(_ group: ThreadGroup, _ times: ClosedRange<Int64>, _ query: ListQuery) {
    self.group = group
    first = query.isDescending ? times.upperBound : times.lowerBound
    last = query.isDescending ? times.lowerBound : times.upperBound
  }
}

/// The rows of a page while the threads are gone over, in whatever order.
struct Selection {
  /// What the index calls the threads.
  var names: [UUID: String] = [:]
  /// The threads below the filter's ancestor.
  var descendants: Set<UUID> = []
  private let query: ListQuery
  private let modelProvider: String
  /// In the order of the list; one more than the page has tells that there is a next page.
  private var rows: [(row: ThreadRow, key: ThreadPosition)] = []

  /// - Parameter modelProvider: What a thread has that names none.
  init(_ query: ListQuery, modelProvider: String) {
    self.query = query
    self.modelProvider = modelProvider
  }

  /// Whether this candidate and all that come behind it can change nothing any more.
  func isSettled(before candidate: Candidate) -> Bool {
    guard isFull, let last = rows.last?.key.time else { return false }
    return query.isDescending ? last > candidate.first : last < candidate.first
  }

  /// Takes a row if it belongs on the page, as far as is known yet.
  mutating func offer(_ row: ThreadRow, of group: ThreadGroup) {
    let key = query.key(of: row, in: group)
    if let start = query.start {
      guard key == start.row ? start.isIncluded : precedes(start.row, key) else { return }
    }
    if isFull, let last = rows.last, !precedes(key, last.key) { return }
    let isMeant = query.filter.matches(
      row, modelProvider: modelProvider, names: names, descendants: descendants)
    if isMeant { insert(row, key) }
  }

  private var isFull: Bool { rows.count > query.limit }

  private mutating func insert(_ row: ThreadRow, _ key: ThreadPosition) {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if precedes(rows[middle].key, key) { low = middle + 1 } else { high = middle }
    }
    rows.insert((row, key), at: low)
    if rows.count > query.limit + 1 { rows.removeLast() }
  }

  private func precedes(_ one: ThreadPosition, _ other: ThreadPosition) -> Bool {
    query.isDescending ? one > other : one < other
  }

  var page: ThreadPage {
    let shown = rows.prefix(query.limit)
    var page = ThreadPage()
    page.rows = shown.map(\.row)
    page.keys = shown.map(\.key)
    page.next = isFull ? shown.last.map { ThreadCursor($0.key, including: false) } : nil
    page.backwards = shown.first.map { ThreadCursor($0.key, including: true) }
    return page
  }
}

/// One page of a list.
struct ThreadPage: Sendable {
  var rows: [ThreadRow] = []
  /// What each row is ordered by.
  var keys: [ThreadPosition] = []
  /// Where the next page begins; nil on the last one.
  var next: ThreadCursor?
  /// Where the page before begins, in the other direction.
  var backwards: ThreadCursor?
}
