package import Platform
package import Protocol

/// A place in the order of a list of threads: no two threads have the same.
package struct ListPosition: Comparable, Sendable {
  /// What the list is sorted by, in ms since 1970.
  package let time: Int64
  package let id: UUID

  package static func < (one: ListPosition, other: ListPosition) -> Bool {
    (one.time, one.id) < (other.time, other.id)
  }
}

/// A place in a list of threads, as a client gets it with one page and gives it back for the next:
/// `2026-01-05T12:00:00.123Z|UUID`, with `|=` behind it where the thread itself is meant too, and
/// `|@MS` where the order is that of a moment, in ms since 1970.
///
/// A bare time is taken too, as the original gives it: threads of that very time are left out.
package struct ListCursor: Sendable {
  let start: Page<ListPosition>.Start
  /// When the paging began whose order this is a place in. Nil where the order cannot change.
  package let moment: Int64?

  package init(_ position: ListPosition, including isIncluded: Bool, asOf moment: Int64? = nil) {
    start = Page.Start(row: position, isIncluded: isIncluded)
    self.moment = moment
  }

  package init(_ text: String, _ direction: SortDirection) throws(LibraryError) {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    guard let time = Self.time(String(parts[0])) else { throw .invalidCursor(text) }
    if parts.count == 1 {
      let position = ListPosition(time: direction == .asc ? time + 1 : time, id: .zero)
      self.init(position, including: direction == .asc)
      return
    }
    let marks = parts.dropFirst(2)
    let moment = marks.first?.first == "@" ? Int64(marks.first?.dropFirst() ?? "") : nil
    guard let id = try? UUID(String(parts[1])),
      moment != nil && marks.count == 1 || marks.allSatisfy({ $0 == "=" })
    else { throw .invalidCursor(text) }
    let isIncluded = moment == nil && !marks.isEmpty
    self.init(ListPosition(time: time, id: id), including: isIncluded, asOf: moment)
  }

  /// RFC 3339, or that with dashes for colons and no zone, which means UTC.
  private static func time(_ text: String) -> Int64? {
    if let time = RFC3339.parse(text) { return time }
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].contains(":") else { return nil }
    let clock = parts[1].split(separator: "-", omittingEmptySubsequences: false)
    return RFC3339.parse("\(parts[0])T\(clock.joined(separator: ":"))Z")
  }

  package var text: String {
    "\(RFC3339.format(start.row.time))|\(start.row.id)" + (start.isIncluded ? "|=" : "")
      + (moment.map { "|@\($0)" } ?? "")
  }
}
