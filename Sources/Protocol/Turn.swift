package import JSON

/// A turn: a request of the user, and all that was done about it.
package struct Turn: WireObject, Equatable {
  /// The turn's id; opaque (HISTORY.md 1).
  package var id = ""
  /// The items in their order, as far as `itemsView` shows them.
  package var items: [ThreadItem] = []
  /// Which of the turn's items are given.
  package var itemsView = TurnItemsView.full
  /// How far the turn got.
  package var status = TurnStatus.inProgress
  /// Why the turn failed, if `status` is `failed`; else why items are missing; else null.
  package var error: TurnError?
  /// When the turn began, in seconds since 1970; null where none is recorded.
  package var startedAt: Int64?
  /// When the turn ended, in seconds since 1970; null where none is recorded.
  package var completedAt: Int64?
  /// How long the turn took, in ms; null where that is not recorded.
  package var durationMs: Int64?
  /// The id of the turn of the parent thread that this turn works for; null where there is none.
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

  /// Writes the turn with the array that `items` appends in place of `self.items`.
  ///
  /// - Parameter items: Appends the array, and returns why it is not whole; nil if it is. The
  ///   turn's error, which is written behind the items, tells that.
  package func write(
    to out: inout JSONWriter, streamingItems items: (inout JSONWriter) -> String?
  ) {
    var error = error
    write(to: &out, streaming: ["items", "error"]) { member, out in
      guard member == 0 else { return error.write(to: &out) }
      if let missing = items(&out) { error = TurnError(error, missing: missing) }
    }
  }
}

/// How far a turn got.
package enum TurnStatus: String, WireEnum {
  case completed
  case interrupted
  case failed
  case inProgress
}

/// Which items of a turn are given: none, its first message of the user and last of the agent, or
/// all.
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
  /// Why items of the turn are missing, if the turn failed besides; else null.
  package var additionalDetails: String?
  /// Always null.
  package var misalignment: RawJSON?

  package init() {}

  /// Adds to the error of a turn, if it has one, that items of it are missing.
  init(_ error: TurnError?, missing: String) {
    self = error ?? TurnError()
    if error == nil { message = missing } else { additionalDetails = missing }
  }

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("message", &message)
    try field("codexErrorInfo", &codexErrorInfo)
    try field("additionalDetails", &additionalDetails)
    try field("misalignment", &misalignment)
  }
}
