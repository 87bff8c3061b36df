/// The messages that were rebuilt last. The first message that an event reports is compared with
/// them, since it may be a repetition.
struct RebuiltMessages {
  /// A rebuilt message, its text and its place.
  struct Message {
    /// The serial of the message's turn.
    let turn: UInt32
    /// The index of the message's item in its turn.
    let item: Int
    let text: String
  }

  /// The last rebuilt message of the user.
  var ofUser: Message?
  /// The last rebuilt message of the agent.
  var ofAgent: Message?
  /// The number of turns that a compaction at the beginning of the file was rebuilt as.
  var turnsOfCompaction = 0
}
