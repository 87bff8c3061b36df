import System

/// What a list is asked for.
struct ListQuery: Sendable {
  enum Key: Sendable { case createdAt, updatedAt }

  var filter = ThreadFilter()
  var key = Key.createdAt
  var isDescending = true
  /// Where the page begins.
  var cursor: ThreadCursor?
  var limit = 25
}

/// A group that may have threads for a list, and between which times they stand in it.
struct Candidate {
  let group: ThreadGroup
  let times: ClosedRange<Int64>

  /// The time of the first thread that may come, in ms since 1970.
  func first(_ query: ListQuery) -> Int64 {
    query.isDescending ? times.upperBound : times.lowerBound
  }

  /// Whether a thread of the group may lie behind the cursor.
  func mayLieBehind(_ query: ListQuery) -> Bool {
    guard let time = query.cursor?.start.row.time else { return true }
    return query.isDescending ? times.lowerBound <= time : times.upperBound >= time
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
    guard isFull, let last = rows.last?.key.time else { return false }
    return query.isDescending ? last > time : last < time
  }

  /// Takes a row if it belongs on the page, as far as is known yet.
  ///
  /// - Parameter isOwn: Asked last: whether the row is to be shown at all.
  mutating func offer(_ row: ThreadRow, of group: ThreadGroup, if isOwn: () -> Bool) {
    let time = moment.map { group.updatedAt(row, asOf: $0) } ?? group.createdAt(row)
    let key = ThreadPosition(time: time, id: row.id)
    if let start = query.cursor?.start {
      guard key == start.row ? start.isIncluded : precedes(start.row, key) else { return }
    }
    if isFull, let last = rows.last, !precedes(key, last.key) { return }
    let isMeant = query.filter.matches(
      row, modelProvider: modelProvider, names: names, descendants: descendants)
    if isMeant, isOwn() { insert(row, key) }
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
    page.moment = moment
    page.next =
      isFull ? shown.last.map { ThreadCursor($0.key, including: false, asOf: moment) } : nil
    page.backwards = shown.first.map { ThreadCursor($0.key, including: true) }
    return page
  }
}

/// One page of a list.
struct ThreadPage: Sendable {
  var rows: [ThreadRow] = []
  /// What each row is ordered by.
  var keys: [ThreadPosition] = []
  /// When the order was that of the list, if it changes with time.
  var moment: Int64?
  /// Where the next page begins; nil on the last one.
  var next: ThreadCursor?
  /// Where the page before begins, in the other direction.
  var backwards: ThreadCursor?
}
