import System

/// What a list of threads is ordered by: no two threads are equal (PROTOCOL.md 7).
struct RowKey: Comparable {
  /// In ms since 1970.
  let time: Int64
  let id: UUID

  static func < (left: RowKey, right: RowKey) -> Bool {
    (left.time, left.id) < (right.time, right.id)
  }
}

/// Where a page of a list begins: behind a row, whether or not that is still there.
struct PageCursor {
  let time: Int64
  /// Nil in cursors of the original: everything of that time lies before them.
  let id: UUID?
  /// Whether the row itself belongs to the page too.
  let isInclusive: Bool

  init(_ key: RowKey, isInclusive: Bool = false) {
    time = key.time
    id = key.id
    self.isInclusive = isInclusive
  }

  /// Reads `TIME|ID`, `TIME|ID|=`, which includes the row, and `TIME`; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count <= 3, let time = Self.time(String(parts[0])) else { return nil }
    self.time = time
    isInclusive = parts.count == 3
    id = parts.count > 1 ? try? UUID(String(parts[1])) : nil
    if parts.count > 1, id == nil || isInclusive && parts[2] != "=" { return nil }
  }

  /// RFC 3339, or that with dashes for colons and no zone, which means UTC.
  private static func time(_ text: String) -> Int64? {
    if let time = RFC3339.parse(text) { return time }
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].contains(":") else { return nil }
    let clock = parts[1].split(separator: "-", omittingEmptySubsequences: false)
    return RFC3339.parse("\(parts[0])T\(clock.joined(separator: ":"))Z")
  }

  /// Whether a row lies behind this place.
  func admits(_ key: RowKey, descending: Bool) -> Bool {
    guard let id else { return descending ? key.time < time : key.time > time }
    let place = RowKey(time: time, id: id)
    if key == place { return isInclusive }
    return descending ? key < place : key > place
  }
}

extension PageCursor: CustomStringConvertible {
  var description: String {
    let text = RFC3339.format(time) + (id.map { "|\($0)" } ?? "")
    return isInclusive ? text + "|=" : text
  }
}
