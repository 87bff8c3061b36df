package import JSON

/// One exchange: what the user asked and everything done about it.
package struct Turn: WireObject, Equatable {
  /// Opaque (HISTORY.md 1).
  package var id = ""
  /// The items in their order, as far as `itemsView` shows them.
  package var items: [ThreadItem] = []
  /// Which of the turn's items are given.
  package var itemsView = TurnItemsView.full
  /// How far the turn got.
  package var status = TurnStatus.inProgress
  /// Null unless `status` is `failed`.
  package var error: TurnError?
  /// Unix time in seconds; null where nothing tells, as the next two.
  package var startedAt: Int64?
  /// Unix time in seconds.
  package var completedAt: Int64?
  /// How long the turn took, in ms; null where that is not recorded.
  package var durationMs: Int64?
  /// The turn of the parent thread that this one works for.
  package var rootTurnID: String?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("id", &id)
    try field("items", &items)
    try field("itemsView", &itemsView, .defaulted)
    try field("status", &status)
    try field("error", &error)
    try field("startedAt", &startedAt)
    try field("completedAt", &completedAt)
    try field("durationMs", &durationMs)
    try field("rootTurnId", &rootTurnID)
  }

  /// Writes this turn, its items being the array that `items` appends.
  package func write(
    to out: inout JSONWriter, streamingItems items: (inout JSONWriter) -> Void
  ) {
    write(to: &out, streaming: "items", items)
  }
}

/// How far a turn got.
package enum TurnStatus: String, WireEnum {
  case completed
  case interrupted
  case failed
  case inProgress
}

/// Which of a turn's items are there: none, its first user and last agent message, all.
package enum TurnItemsView: String, WireEnum {
  case notLoaded
  case summary
  case full
}

/// Why a turn failed.
package struct TurnError: WireObject, Equatable {
  /// What went wrong, in words.
  package var message = ""
  /// The kind of the error; null where it is not known.
  package var codexErrorInfo: CodexErrorInfo?
  /// Always null.
  package var additionalDetails: String?
  /// Always null.
  package var misalignment: RawJSON?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("message", &message)
    try field("codexErrorInfo", &codexErrorInfo)
    try field("additionalDetails", &additionalDetails)
    try field("misalignment", &misalignment)
  }
}
