import History
package import Platform
package import Protocol
import Rollouts

extension ThreadSnapshot {
  /// An item with the texts that a search covers.
  struct SearchedItem {
    let position: ItemPosition
    let turnID: String
    let id: String
    /// The texts. Of very long ones the middle is left in the file.
    let texts: [String]
    let gaps: [FileGap]
  }

  /// Calls `body` with the items that are shown, in the thread's order.
  ///
  /// - Parameters:
  ///   - start: The position of the first item; nil for all items.
  ///   - body: Searches an item, and returns whether to continue.
  /// - Throws: `unreadable` if a file cannot be read.
  private func search(
    from start: ItemPosition? = nil, unless cancellation: Cancellation,
    _ body: (SearchedItem) throws(SystemError) -> Bool
  ) throws(LibraryError) {
    let builder = ItemBuilder(self, leavesGaps: true)
    try LibraryError.reading { () throws(SystemError) in
      for position in history.plan.positions() {
        if let start, position < start { continue }
        if cancellation.isCancelled { return }
        let turn = history.plan.turns[position.turn]
        guard let item = try builder.item(turn.items[position.item]) else { continue }
        let searched = SearchedItem(
          position: position, turnID: turn.id, id: item.id, texts: item.searchedTexts,
          gaps: builder.gaps)
        guard try body(searched) else { return }
      }
    }
  }

  /// The first occurrence of a text; nil if there is none.
  func firstHit(
    of term: SearchTerm, unless cancellation: Cancellation
  ) throws(LibraryError) -> Snippet? {
    var found: Snippet?
    try search(unless: cancellation) { (item) throws(SystemError) in
      found = try item.snippets(of: term, limit: 1).first
      return found == nil
    }
    return found
  }

  /// The occurrences of a text, in the thread's order, from a cursor on.
  ///
  /// - Returns: At most `limit` occurrences, and the cursor to the next one; nil if there is no
  ///   other.
  /// - Throws: `cursorTurnGone` if the thread no longer has the cursor's turn, `unreadable` if a
  ///   file cannot be read.
  package func occurrences(
    of term: SearchTerm, from cursor: OccurrenceCursor?, limit: Int,
    unless cancellation: Cancellation
  ) throws(LibraryError) -> (places: [ThreadSearchOccurrence], next: String?) {
    let start = try cursor.map { (cursor) throws(LibraryError) in try cursor.start(in: self) }
    var places: [ThreadSearchOccurrence] = []
    var next: String?
    try search(from: start?.position, unless: cancellation) { (item) throws(SystemError) in
      let skipped = item.position == start?.position ? start?.skipped ?? 0 : 0
      let room = limit - places.count
      let found = try item.snippets(of: term, limit: skipped + room + 1).dropFirst(skipped)
      places += found.prefix(room).map { ThreadSearchOccurrence($0, in: item, of: self) }
      guard found.count > room else { return true }
      next = OccurrenceCursor(item.position, skipping: skipped + room, in: self).text
      return false
    }
    return (places, next)
  }
}

extension ThreadSnapshot.SearchedItem {
  /// The first occurrences in the item's texts.
  fileprivate func snippets(of term: SearchTerm, limit: Int) throws(SystemError) -> [Snippet] {
    var found: [Snippet] = []
    for text in texts where found.count < limit {
      found += try term.snippets(in: text, gaps, limit: limit - found.count)
    }
    return found
  }
}

extension ThreadSearchOccurrence {
  fileprivate init(
    _ snippet: Snippet, in item: ThreadSnapshot.SearchedItem, of snapshot: ThreadSnapshot
  ) {
    self.init()
    turnID = item.turnID
    itemID = item.id
    self.snippet = snippet.text
    snippetMatchRange.start = UInt32(snippet.range.lowerBound)
    snippetMatchRange.end = UInt32(snippet.range.upperBound)
    turnCursor = snapshot.cursor(toTurn: item.position.turn, including: true).text
  }
}
