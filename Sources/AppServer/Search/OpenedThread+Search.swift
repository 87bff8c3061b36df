import History
import JSONRPC
import Protocol
import System

extension OpenedThread {
  /// An item with the texts that a search looks through.
  struct SearchedItem {
    let position: ItemPosition
    let turnID: String
    let id: String
    let texts: [String]
  }

  /// Goes through the items that are shown, in the thread's order.
  ///
  /// - Parameters:
  ///   - start: The first to go through; nil for all.
  ///   - body: Returns whether to go on.
  /// - Throws: When a file cannot be read further.
  func search(
    from start: ItemPosition? = nil, unless cancellation: Cancellation,
    _ body: (SearchedItem) -> Bool
  ) throws(RPCError) {
    let builder = ItemBuilder(self)
    do throws(SystemError) {
      for position in stored.plan.positions() {
        if let start, position < start { continue }
        if cancellation.isCancelled { return }
        let turn = stored.plan.turns[position.turn]
        guard let item = try builder.item(turn.items[position.item]) else { continue }
        let searched = SearchedItem(
          position: position, turnID: turn.id, id: item.id, texts: item.searchedTexts)
        guard body(searched) else { return }
      }
    } catch {
      throw .unreadable(error)
    }
  }

  /// The first place that shows the term; nil where none does.
  func firstHit(
    of term: SearchTerm, unless cancellation: Cancellation
  ) throws(RPCError) -> Snippet? {
    var found: Snippet?
    try search(unless: cancellation) { item in
      for text in item.texts {
        guard let range = term.firstRange(in: text) else { continue }
        found = Snippet(of: range, in: text)
        return false
      }
      return true
    }
    return found
  }
}
