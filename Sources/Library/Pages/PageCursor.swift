package import History
package import JSON
package import Platform
package import Rollouts

/// The cursor at which a page of turns or items begins, as a client sends it.
package enum PageCursor: Sendable {
  /// A cursor of this server, or of the original server for threads that are not paginated.
  case place(TurnCursor)
  /// A cursor of the original server for paginated threads.
  case ordinal(OrdinalCursor)

  /// The turn or item of a plan that a cursor refers to.
  package struct Anchor: Sendable {
    /// The index of the turn in the plan.
    package let turn: Int
    /// The index of the item in its turn; nil if the cursor refers to a whole turn.
    package let item: Int?
    /// Whether the page includes the turn or item.
    package let isIncluded: Bool
  }

  /// Reads a cursor that a client sent.
  ///
  /// - Throws: `invalidCursor` if the text is not a cursor.
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

  /// The offset of the turn in the thread's files, in bytes; nil if the cursor does not contain it.
  var offset: Int? {
    guard case .place(let cursor) = self else { return nil }
    return cursor.turnOffset.map { Int($0) }
  }

  /// The turn or item that the cursor refers to; nil if the plan does not contain it.
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

/// A cursor of the original server for paginated threads. It contains the ordinal of the record
/// that starts the turn or completes the item. A client can thus continue a list that the original
/// server began.
package struct OrdinalCursor: WireObject {
  private var rolloutOrdinal: Int64 = 0
  private var includeAnchor = false
  private var scope = Scope()

  /// The kind of list that the cursor belongs to.
  package struct Scope: WireObject {
    /// What the cursor refers to: `turns`, or a text that begins with `itemsBy`.
    package var kind = ""

    /// Creates an empty scope, which decoding fills.
    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("kind", &kind)
    }
  }

  /// Creates an empty cursor, which decoding fills.
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
        guard try window.recordWithGaps(at: turn.start).ordinal == rolloutOrdinal else { continue }
        return PageCursor.Anchor(turn: index, item: nil, isIncluded: includeAnchor)
      }
      for (place, item) in turn.items.enumerated() where !item.isHidden {
        guard try window.recordWithGaps(at: item.record).ordinal == rolloutOrdinal else { continue }
        return PageCursor.Anchor(turn: index, item: place, isIncluded: includeAnchor)
      }
    }
    return nil
  }
}
