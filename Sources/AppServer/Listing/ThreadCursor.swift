import JSONRPC
import Protocol
import System

/// A place in the order of a list of threads: no two threads have the same.
struct ThreadPosition: Comparable, Sendable {
  /// What the list is sorted by, in ms since 1970.
  let time: Int64
  let id: UUID

  static func < (one: ThreadPosition, other: ThreadPosition) -> Bool {
    (one.time, one.id) < (other.time, other.id)
  }
}

/// A place in a list of threads, as a client gets it with one page and gives it back for the next:
/// `2026-01-05T12:00:00.123Z|UUID`, with `|=` behind it where the thread itself is meant too.
///
/// A bare time is taken too, as the original gives it: threads of that very time are left out.
struct ThreadCursor: Sendable {
  let start: Page<ThreadPosition>.Start

  init(_ position: ThreadPosition, including isIncluded: Bool) {
    start = Page.Start(row: position, isIncluded: isIncluded)
  }

  init(_ text: String, _ direction: SortDirection) throws(RPCError) {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    guard let time = Self.time(String(parts[0])) else { throw .invalidCursor(text) }
    if parts.count == 1 {
      let row = ThreadPosition(time: direction == .asc ? time + 1 : time, id: .zero)
      start = Page.Start(row: row, isIncluded: direction == .asc)
    } else if let id = try? UUID(String(parts[1])), parts.dropFirst(2).allSatisfy({ $0 == "=" }) {
      start = Page.Start(row: ThreadPosition(time: time, id: id), isIncluded: parts.count > 2)
    } else {
      throw .invalidCursor(text)
    }
  }

  /// RFC 3339, or that with dashes for colons and no zone, which means UTC.
  private static func time(_ text: String) -> Int64? {
    if let time = RFC3339.parse(text) { return time }
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].contains(":") else { return nil }
    let clock = parts[1].split(separator: "-", omittingEmptySubsequences: false)
    return RFC3339.parse("\(parts[0])T\(clock.joined(separator: ":"))Z")
  }

  var text: String {
    "\(RFC3339.format(start.row.time))|\(start.row.id)" + (start.isIncluded ? "|=" : "")
  }
}
