import System

/// What a list is asked for.
struct ListQuery: Sendable {
  enum Key: Sendable { case createdAt, updatedAt }

  var filter = ThreadFilter()
  var key = Key.createdAt
  var isDescending = true
  var cursor: PageCursor?
  var limit = 25
}

extension ListQuery {
  /// What a thread is ordered by. When it was created counts as far as the days of its files agree.
  func key(of row: ThreadRow, in group: ThreadGroup) -> RowKey {
    switch key {
    case .updatedAt: RowKey(time: row.updatedAt, id: row.id)
    case .createdAt:
      RowKey(
        time: min(max(row.createdAt, group.times.lowerBound), group.times.upperBound), id: row.id)
    }
  }

  /// The first time that may come when a group's turn has come, and with all behind it.
  func firstTime(of group: ThreadGroup) -> Int64 {
    isDescending ? group.times.upperBound : group.times.lowerBound
  }

  /// Whether a thread of the group may lie behind the cursor.
  func mayAdmit(_ group: ThreadGroup) -> Bool {
    guard key == .createdAt, let cursor else { return true }
    return isDescending
      ? group.times.lowerBound <= cursor.time : group.times.upperBound >= cursor.time
  }
}

/// The first rows of a list in its order, found in any order.
struct BestRows {
  private var rows: [(row: ThreadRow, key: RowKey)] = []
  private let count: Int
  private let isDescending: Bool

  init(count: Int, descending: Bool) {
    self.count = count
    isDescending = descending
  }

  /// Whether rows of this time and behind can change nothing any more.
  func isSettled(before time: Int64) -> Bool {
    guard rows.count == count, let last = rows.last?.key.time else { return false }
    return isDescending ? last > time : last < time
  }

  /// Whether a row would be among them.
  func wants(_ key: RowKey) -> Bool {
    guard rows.count == count, let last = rows.last?.key else { return true }
    return precedes(key, last)
  }

  mutating func insert(_ row: ThreadRow, _ key: RowKey) {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if precedes(rows[middle].key, key) { low = middle + 1 } else { high = middle }
    }
    rows.insert((row, key), at: low)
    if rows.count > count { rows.removeLast() }
  }

  private func precedes(_ one: RowKey, _ other: RowKey) -> Bool {
    isDescending ? one > other : one < other
  }

  /// - Parameter limit: How many rows the page has; one more tells that there is a next page.
  func page(limit: Int) -> ThreadCatalog.Page {
    let shown = rows.prefix(limit)
    var page = ThreadCatalog.Page()
    page.rows = shown.map(\.row)
    page.next = rows.count > limit ? shown.last.map { PageCursor($0.key) } : nil
    page.backwards = shown.first.map { PageCursor($0.key, isInclusive: true) }
    return page
  }
}
