/// What was rebuilt last, to be told from the message that says it again.
struct RebuiltMessages {
  struct Message {
    /// The serial of its turn.
    let turn: UInt32
    let item: Int
    let text: String
  }

  var ofUser: Message?
  var ofAgent: Message?
  /// How many turns a compaction at the beginning came to.
  var turnsOfCompaction = 0
}
