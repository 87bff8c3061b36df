package import History
package import JSON
package import Rollouts

/// A cursor in a list of turns or items: the text that a client gets with one page and sends back
/// for the next one.
///
/// A cursor to a turn is that of the original server with additional members. The original's own
/// text is accepted too. A cursor stays valid while the thread grows.
package struct TurnCursor: WireObject {
  /// The id of the turn.
  package var turnID = ""
  /// Whether the page includes the turn or item.
  package var includeAnchor = false
  /// The offset of the turn in the thread's files, in bytes; nil if the cursor does not contain it.
  /// It distinguishes turns of one id, and says how much of the files has to be read.
  package var turnOffset: Int64?
  /// The index of the item in its turn; nil if the cursor refers to a whole turn.
  package var itemIndex: UInt32?

  /// Creates an empty cursor, which decoding fills.
  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("turnId", &turnID)
    try field("includeAnchor", &includeAnchor)
    try field("turnOffset", &turnOffset, .omittedWhenAbsent)
    try field("itemIndex", &itemIndex, .omittedWhenAbsent)
  }
}

extension TurnCursor {
  /// Creates a cursor to a turn or an item of a plan.
  ///
  /// - Parameters:
  ///   - turn: The index of the turn in the plan.
  ///   - item: The index of the item in its turn; nil for the whole turn.
  ///   - isIncluded: Whether the page includes the turn or item.
  package init(
    turn: Int, item: Int? = nil, of plan: HistoryPlan, in chain: RolloutChain,
    including isIncluded: Bool
  ) {
    turnID = plan.turns[turn].id
    includeAnchor = isIncluded
    turnOffset = Int64(chain.offset(of: plan.turns[turn].start))
    itemIndex = item.map { UInt32(clamping: $0) }
  }

  /// The text of the cursor, as clients get it.
  package var text: String { String(decoding: RawJSON(self).bytes, as: UTF8.self) }

  /// The index of the cursor's turn in a plan; nil if the plan does not contain the turn, because
  /// it was rolled back or the plan begins later.
  package func turn(in plan: HistoryPlan, of chain: RolloutChain) -> Int? {
    if let turnOffset {
      let index = plan.turns.lastIndex {
        $0.id == turnID && chain.offset(of: $0.start) == turnOffset
      }
      // A plan of the end of a thread may lack the right turn, so a turn with this id at another
      // offset is not taken.
      if index != nil || !plan.isWhole { return index }
    }
    return plan.turns.lastIndex { $0.id == turnID }
  }
}
