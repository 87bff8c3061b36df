import History
import Platform
import Protocol
import Rollouts

/// How much of a thread an answer needs. The records before that are not read.
package struct ReadScope: Sendable {
  /// The request for the end of the thread; nil for the whole thread.
  private var request: EndRequest?
  /// Whether the last turns in a plan contain all that the answer needs.
  private var isEnough: @Sendable (HistoryPlan, RolloutChain) throws(SystemError) -> Bool

  private init(
    _ request: EndRequest?,
    isEnough: @escaping @Sendable (HistoryPlan, RolloutChain) throws(SystemError) -> Bool
  ) {
    self.request = request
    self.isEnough = isEnough
  }

  /// The whole thread.
  package static let whole = ReadScope(nil) { (_, _) throws(SystemError) in true }

  /// The thread without its turns.
  package static let summary = ReadScope(EndRequest(turns: 0)) { (_, _) throws(SystemError) in
    true
  }

  /// The last turn and the last item.
  package static let lastPlaces = ReadScope(EndRequest(turns: 1)) { (plan, _) throws(SystemError) in
    plan.lastPosition != nil
  }

  /// Whether the answer needs the whole thread.
  var isWhole: Bool { request == nil }

  /// Reads as much from the end of the files as is needed; nil if the whole thread has to be read.
  func history(endOf chain: RolloutChain, id: UUID) throws(SystemError) -> ThreadHistory? {
    guard let request else { return nil }
    return try ThreadHistory(endOf: chain, id: id, request) { (plan) throws(SystemError) in
      try isEnough(plan, chain)
    }
  }

  /// The scope that contains this scope and another one.
  package func and(_ other: ReadScope) -> ReadScope {
    guard var request, let more = other.request else { return .whole }
    request.turns = max(request.turns, more.turns)
    request.offset = more.offset ?? request.offset
    return ReadScope(request) { [isEnough] (plan, chain) throws(SystemError) in
      guard try isEnough(plan, chain) else { return false }
      return try other.isEnough(plan, chain)
    }
  }
}

// Scopes of pages. A page needs one row more than it shows, to know whether there is a next page.
extension ReadScope {
  /// The turns of a page.
  package static func turns(_ page: PageRequest) -> ReadScope {
    if page.direction == .asc {
      guard let cursor = page.cursor else { return .whole }
      return scope(from: cursor, turns: 1) { _, _ in true }
    }
    return scope(from: page.cursor, turns: page.limit + 1) { plan, anchor in
      let end = anchor.map { $0.turn + ($0.isIncluded ? 1 : 0) } ?? plan.turns.count
      return end > page.limit
    }
  }

  /// The items of a page.
  package static func items(_ page: PageRequest) -> ReadScope {
    guard page.direction == .desc else {
      guard let cursor = page.cursor else { return .whole }
      return scope(from: cursor, turns: 1) { _, _ in true }
    }
    return scope(from: page.cursor, turns: 1) { plan, anchor in
      guard let anchor else { return plan.positions().count > page.limit }
      let start = Page<ItemPosition>.Start(anchor, .desc)
      let rows = plan.positions().count {
        $0 < start.row || $0 == start.row && start.isIncluded
      }
      return rows > page.limit
    }
  }

  /// The items of one turn.
  ///
  /// - Parameter cursor: The cursor at which the page begins; nil for the first page.
  package static func items(ofTurn turnID: String, from cursor: PageCursor? = nil) -> ReadScope {
    scope(from: cursor, turns: 1) { plan, _ in plan.turns.contains { $0.id == turnID } }
  }

  private static func scope(
    from cursor: PageCursor?, turns: Int,
    isEnough: @escaping @Sendable (HistoryPlan, PageCursor.Anchor?) -> Bool
  ) -> ReadScope {
    ReadScope(EndRequest(turns: turns, before: cursor?.offset)) {
      (plan, chain) throws(SystemError) in
      guard let cursor else { return isEnough(plan, nil) }
      guard let anchor = try cursor.anchor(in: plan, of: chain) else { return false }
      return isEnough(plan, anchor)
    }
  }
}
