import History
import JSON
import JSONRPC

/// A place among the turns or items of a thread, as a client gets it with one page and gives it back
/// for the next.
///
/// For turns it is the original's own text, which is taken too, with members of ours: places do not
/// change while a thread grows.
struct TurnCursor: WireObject {
  var turnID = ""
  /// Whether the page begins with what is named here, or behind it.
  var includeAnchor = false
  /// The turn's place in the thread, which tells it from another of the same id.
  var turnIndex: UInt32?
  /// The item's place in its turn's plan; nil where the turn as a whole is meant.
  var itemIndex: UInt32?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("turnId", &turnID)
    try field("includeAnchor", &includeAnchor)
    try field("turnIndex", &turnIndex, .omittedWhenAbsent)
    try field("itemIndex", &itemIndex, .omittedWhenAbsent)
  }
}

extension TurnCursor {
  /// Reads what a client sent; a text that is no cursor is an error that names it.
  init(_ text: String) throws(RPCError) {
    do throws(JSONError) {
      self = try withJSON(Array(text.utf8)) { (json) throws(JSONError) in try TurnCursor(json: json)
      }
    } catch {
      throw .invalidCursor(text)
    }
  }

  /// - Parameter item: The item's place in its turn's plan; nil for the turn as a whole.
  init(turn: Int, item: Int? = nil, of plan: HistoryPlan, including isIncluded: Bool) {
    turnID = plan.turns[turn].id
    includeAnchor = isIncluded
    turnIndex = UInt32(clamping: turn)
    itemIndex = item.map { UInt32(clamping: $0) }
  }

  init(at position: ItemPosition, of plan: HistoryPlan, including isIncluded: Bool) {
    self.init(turn: position.turn, item: position.item, of: plan, including: isIncluded)
  }

  var text: String { String(decoding: RawJSON(self).bytes, as: UTF8.self) }

  /// The turn's place in the plan.
  ///
  /// - Throws: Where it was rolled back since.
  func turn(in plan: HistoryPlan) throws(RPCError) -> Int {
    if let index = turnIndex.map({ Int($0) }), index < plan.turns.count,
      plan.turns[index].id == turnID
    {
      return index
    }
    guard let index = plan.turns.lastIndex(where: { $0.id == turnID }) else {
      throw .cursorTurnGone
    }
    return index
  }
}

extension HistoryPlan {
  /// The last turn, itself included; nil where there is none.
  var lastTurnCursor: TurnCursor? {
    turns.indices.last.map { TurnCursor(turn: $0, of: self, including: true) }
  }

  /// The last item that is shown, itself included; nil where there is none.
  var lastItemCursor: TurnCursor? {
    for turn in turns.indices.reversed() {
      if let item = turns[turn].items.lastIndex(where: { !$0.isHidden }) {
        return TurnCursor(turn: turn, item: item, of: self, including: true)
      }
    }
    return nil
  }
}
