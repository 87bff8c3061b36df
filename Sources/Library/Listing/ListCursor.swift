package import Platform
package import Protocol

/// The position of a thread in the order of a list. No two threads have the same position.
package struct ListPosition: Comparable, Sendable {
  /// The time by which the list is sorted, in milliseconds since 1970.
  package let time: Int64
  /// The id of the thread, which orders threads of the same time.
  package let id: UUID

  /// Compares the times, and the ids of equal times.
  package static func < (one: ListPosition, other: ListPosition) -> Bool {
    (one.time, one.id) < (other.time, other.id)
  }
}

/// A cursor in a list of threads: the text that a client gets with one page and sends back for the
/// next one.
///
/// The text is `2026-01-05T12:00:00.123Z|UUID`. It ends in `|=` if the page includes the thread
/// itself, and in `|@MS` if the list has the order of a past moment, in milliseconds since 1970.
///
/// A text that is only a time is accepted too, because the original server sends such cursors. The
/// page then leaves out all threads with exactly this time.
package struct ListCursor: Sendable {
  let start: Page<ListPosition>.Start
  /// The moment whose order the list has, in milliseconds since 1970; nil if the order cannot
  /// change.
  package let moment: Int64?

  /// Creates a cursor.
  ///
  /// - Parameters:
  ///   - position: The position of a thread.
  ///   - isIncluded: Whether the page includes that thread.
  ///   - moment: The moment whose order the list has, in milliseconds since 1970; nil if the order
  ///     cannot change.
  package init(_ position: ListPosition, including isIncluded: Bool, asOf moment: Int64? = nil) {
    start = Page.Start(row: position, isIncluded: isIncluded)
    self.moment = moment
  }

  /// Reads a cursor that a client sent.
  ///
  /// - Throws: `invalidCursor` if the text is not a cursor.
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

  /// The time in milliseconds since 1970; nil if the text is not a time. It may be in RFC 3339, or
  /// in UTC with dashes instead of colons and without a zone.
  private static func time(_ text: String) -> Int64? {
    if let time = RFC3339.parse(text) { return time }
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].contains(":") else { return nil }
    let clock = parts[1].split(separator: "-", omittingEmptySubsequences: false)
    return RFC3339.parse("\(parts[0])T\(clock.joined(separator: ":"))Z")
  }

  /// The text of the cursor, as clients get it.
  package var text: String {
    "\(RFC3339.format(start.row.time))|\(start.row.id)" + (start.isIncluded ? "|=" : "")
      + (moment.map { "|@\($0)" } ?? "")
  }
}
