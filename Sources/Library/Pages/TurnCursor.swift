package import History
package import JSON
package import Rollouts

/// A place among the turns or items of a thread, as a client gets it with one page and gives it back
/// for the next.
///
/// For turns it is the original's own text, which is taken too, with members of ours: places do not
/// change while a thread grows.
package struct TurnCursor: WireObject {
  package var turnID = ""
  /// Whether the page begins with what is named here, or behind it.
  package var includeAnchor = false
  /// Where the turn begins in the text of the thread's files, in bytes: it tells the turn from
  /// another of the same id, and how far back it is.
  package var turnOffset: Int64?
  /// The item's place in its turn's plan; nil where the turn as a whole is meant.
  package var itemIndex: UInt32?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("turnId", &turnID)
    try field("includeAnchor", &includeAnchor)
    try field("turnOffset", &turnOffset, .omittedWhenAbsent)
    try field("itemIndex", &itemIndex, .omittedWhenAbsent)
  }
}

extension TurnCursor {
  /// - Parameter item: The item's place in its turn's plan; nil for the turn as a whole.
  package init(
    turn: Int, item: Int? = nil, of plan: HistoryPlan, in chain: RolloutChain,
    including isIncluded: Bool
  ) {
    turnID = plan.turns[turn].id
    includeAnchor = isIncluded
    turnOffset = Int64(chain.offset(of: plan.turns[turn].start))
    itemIndex = item.map { UInt32(clamping: $0) }
  }

  package var text: String { String(decoding: RawJSON(self).bytes, as: UTF8.self) }

  /// The turn's place in the plan; nil where it is not there: it was rolled back since, or the plan
  /// does not reach back so far.
  package func turn(in plan: HistoryPlan, of chain: RolloutChain) -> Int? {
    if let turnOffset {
      let index = plan.turns.lastIndex {
        $0.id == turnID && chain.offset(of: $0.start) == turnOffset
      }
      // A turn of the same id is no match as long as there may be a better one.
      if index != nil || !plan.isWhole { return index }
    }
    return plan.turns.lastIndex { $0.id == turnID }
  }
}
