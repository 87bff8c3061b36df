import Protocol
import Rollouts

/// The preview of a thread in lists: its first message of the user that has a text or an image
/// (ROLLOUTS.md 7).
struct Preview: Sendable {
  /// The text of the message; empty while there is none.
  private(set) var text = ""
  /// The record that holds the message.
  private(set) var source: RecordLocation?

  /// Takes the message of a record as the preview, unless there is one already.
  ///
  /// - Parameter part: The index of the message in a compaction.
  mutating func offer(_ record: Record, part: Int) {
    guard text.isEmpty, let content = ThreadItem.UserMessage.content(of: record, part: part) else {
      return
    }
    text = content.preview
    if record.mayHaveGaps { text = FileGap.beginning(of: text) }
    if !text.isEmpty { source = record.location }
  }

  /// Removes the preview if one of these items holds it, because they are no longer shown.
  mutating func retract(_ items: [ItemPlan]) {
    guard let source, items.contains(where: { $0.record == source }) else { return }
    text = ""
    self.source = nil
  }
}
