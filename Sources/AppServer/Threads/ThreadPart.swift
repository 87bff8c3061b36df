import History
import Protocol
import Rollouts
import System

/// How much of a thread an answer is made of: what stands before is not read.
struct ThreadPart: Sendable {
  /// Nil for all of it.
  private var request: EndRequest?
  /// Whether the last turns that are in a plan hold what the answer needs.
  private var isEnough: @Sendable (HistoryPlan, RolloutChain) throws(SystemError) -> Bool

  private init(
    _ request: EndRequest?,
    isEnough: @escaping @Sendable (HistoryPlan, RolloutChain) throws(SystemError) -> Bool
  ) {
    self.request = request
    self.isEnough = isEnough
  }

  static let whole = ThreadPart(nil) { (_, _) throws(SystemError) in true }
  /// What is known of the thread apart from its turns.
  static let summary = ThreadPart(EndRequest(turns: 0)) { (_, _) throws(SystemError) in true }

  /// The last turn and the last item.
  static let lastPlaces = ThreadPart(EndRequest(turns: 1)) { (plan, _) throws(SystemError) in
    plan.lastPosition != nil
  }

  var isWhole: Bool { request == nil }

  /// Reads this part, if it can be told from the end of the files.
  ///
  /// - Parameter limit: How much of the end may be looked at, in bytes.
  func end(
    of chain: RolloutChain, id: UUID, upTo limit: Int = .max
  ) throws(SystemError) -> ThreadHistory? {
    guard var request else { return nil }
    request.limit = limit
    return try ThreadHistory(endOf: chain, id: id, request) { (plan) throws(SystemError) in
      try isEnough(plan, chain)
    }
  }

  /// What two parts of an answer need.
  func and(_ other: ThreadPart) -> ThreadPart {
    guard var request, let more = other.request else { return .whole }
    request.turns = max(request.turns, more.turns)
    request.offset = more.offset ?? request.offset
    return ThreadPart(request) { [isEnough] (plan, chain) throws(SystemError) in
      guard try isEnough(plan, chain) else { return false }
      return try other.isEnough(plan, chain)
    }
  }
}

// Pages. They need a row more than they show, to know whether there is one.
extension ThreadPart {
  static func page(
    _ params: ThreadResumeInitialTurnsPageParams, from start: PageCursor?
  ) -> ThreadPart {
    let limit = PageLimit.rows(params.limit)
    if params.sortDirection == .asc {
      guard let start else { return .whole }
      return part(from: start, turns: 1) { _, _ in true }
    }
    return part(from: start, turns: limit + 1) { plan, anchor in
      let end = anchor.map { $0.turn + ($0.isIncluded ? 1 : 0) } ?? plan.turns.count
      return end > limit
    }
  }

  /// - Parameter turnID: Set where only the items of this turn are wanted.
  static func items(
    in turnID: String?, limit: UInt32?, _ direction: SortDirection, from start: PageCursor?
  ) -> ThreadPart {
    if let turnID {
      return part(from: start, turns: 1) { plan, _ in plan.turns.contains { $0.id == turnID } }
    }
    guard direction == .desc else {
      guard let start else { return .whole }
      return part(from: start, turns: 1) { _, _ in true }
    }
    let limit = PageLimit.rows(limit)
    return part(from: start, turns: 1) { plan, anchor in
      guard let anchor else { return plan.positions().count > limit }
      let row = Page<ItemPosition>.Start(anchor, .desc)
      return plan.positions().count { $0 < row.row || $0 == row.row && row.isIncluded } > limit
    }
  }

  private static func part(
    from start: PageCursor?, turns: Int,
    isEnough: @escaping @Sendable (HistoryPlan, PageCursor.Anchor?) -> Bool
  ) -> ThreadPart {
    ThreadPart(EndRequest(turns: turns, before: start?.offset)) {
      (plan, chain) throws(SystemError) in
      guard let start else { return isEnough(plan, nil) }
      guard let anchor = try start.anchor(in: plan, of: chain) else { return false }
      return isEnough(plan, anchor)
    }
  }
}
