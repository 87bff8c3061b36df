import History
import JSON
import Rollouts

/// A place among the turns or items of a thread, as a client gets it with one page and gives it back
/// for the next.
///
/// For turns it is the original's own text, which is taken too, with members of ours: places do not
/// change while a thread grows.
struct TurnCursor: WireObject {
  var turnID = ""
  /// Whether the page begins with what is named here, or behind it.
  var includeAnchor = false
  /// Where the turn begins in the text of the thread's files, in bytes: it tells the turn from
  /// another of the same id, and how far back it is.
  var turnOffset: Int64?
  /// The item's place in its turn's plan; nil where the turn as a whole is meant.
  var itemIndex: UInt32?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("turnId", &turnID)
    try field("includeAnchor", &includeAnchor)
    try field("turnOffset", &turnOffset, .omittedWhenAbsent)
    try field("itemIndex", &itemIndex, .omittedWhenAbsent)
  }
}

extension TurnCursor {
  /// - Parameter item: The item's place in its turn's plan; nil for the turn as a whole.
  init(turn: Int, item: Int? = nil, of opened: OpenedThread, including isIncluded: Bool) {
    let plan = opened.stored.plan.turns[turn]
    turnID = plan.id
    includeAnchor = isIncluded
    turnOffset = Int64(opened.chain.offset(of: plan.start))
    itemIndex = item.map { UInt32(clamping: $0) }
  }

  init(at position: ItemPosition, of opened: OpenedThread, including isIncluded: Bool) {
    self.init(turn: position.turn, item: position.item, of: opened, including: isIncluded)
  }

  var text: String { String(decoding: RawJSON(self).bytes, as: UTF8.self) }

  /// The turn's place in the plan; nil where it is not there: it was rolled back since, or the plan
  /// does not reach back so far.
  func turn(in plan: HistoryPlan, of chain: RolloutChain) -> Int? {
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

extension OpenedThread {
  /// The last turn, itself included; nil where there is none.
  var lastTurnCursor: TurnCursor? {
    stored.plan.turns.indices.last.map { TurnCursor(turn: $0, of: self, including: true) }
  }

  /// The last item that is shown, itself included; nil where there is none.
  var lastItemCursor: TurnCursor? {
    stored.plan.lastPosition.map { TurnCursor(at: $0, of: self, including: true) }
  }
}
