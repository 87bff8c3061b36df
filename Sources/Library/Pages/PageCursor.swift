package import History
package import JSON
package import Platform
package import Rollouts

/// Where a client wants a page of turns or items to begin.
package enum PageCursor: Sendable {
  case place(TurnCursor)
  case ordinal(OrdinalCursor)

  /// What a cursor names, in a plan.
  package struct Anchor: Sendable {
    package let turn: Int
    /// Nil where the turn as a whole is meant.
    package let item: Int?
    package let isIncluded: Bool
  }

  /// Reads what a client sent; a text that is no cursor is an error that names it.
  package init(_ text: String) throws(LibraryError) {
    do throws(JSONError) {
      self = try withJSON(Array(text.utf8)) { (json) throws(JSONError) in
        if json["rolloutOrdinal"] != nil { return .ordinal(try OrdinalCursor(json: json)) }
        return .place(try TurnCursor(json: json))
      }
    } catch {
      throw .invalidCursor(text)
    }
  }

  /// Where the turn begins in the text of the thread's files, in bytes, as the cursor says; nil where it
  /// does not.
  var offset: Int? {
    guard case .place(let cursor) = self else { return nil }
    return cursor.turnOffset.map { Int($0) }
  }

  /// What the cursor names; nil where that is not in the plan.
  package func anchor(in plan: HistoryPlan, of chain: RolloutChain) throws(SystemError) -> Anchor? {
    switch self {
    case .ordinal(let cursor): return try cursor.anchor(in: plan, of: chain)
    case .place(let cursor):
      return cursor.turn(in: plan, of: chain).map { turn in
        Anchor(
          turn: turn, item: cursor.itemIndex.map { Int($0) }, isIncluded: cursor.includeAnchor)
      }
    }
  }
}

/// The cursor of the original for paginated threads: the ordinal of the record that starts the turn,
/// or that completes the item. A client can go on with a page that the original began.
package struct OrdinalCursor: WireObject {
  private var rolloutOrdinal: Int64 = 0
  private var includeAnchor = false
  private var scope = Scope()

  package struct Scope: WireObject {
    /// `turns`, or `itemsBy…`.
    package var kind = ""

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("kind", &kind)
    }
  }

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("rolloutOrdinal", &rolloutOrdinal)
    try field("includeAnchor", &includeAnchor)
    try field("scope", &scope)
  }

  fileprivate func anchor(
    in plan: HistoryPlan, of chain: RolloutChain
  ) throws(SystemError) -> PageCursor.Anchor? {
    let window = RecordWindow(chain.files)
    for (index, turn) in plan.turns.enumerated() {
      if scope.kind == "turns" {
        guard try window.record(at: turn.start)?.ordinal == rolloutOrdinal else { continue }
        return PageCursor.Anchor(turn: index, item: nil, isIncluded: includeAnchor)
      }
      for (place, item) in turn.items.enumerated() where !item.isHidden {
        guard try window.record(at: item.record)?.ordinal == rolloutOrdinal else { continue }
        return PageCursor.Anchor(turn: index, item: place, isIncluded: includeAnchor)
      }
    }
    return nil
  }
}
