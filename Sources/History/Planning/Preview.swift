import JSON
import Protocol
import Rollouts

/// What a thread is shown as in lists (ROLLOUTS.md 7): its first user's message that says something.
struct Preview: Sendable {
  /// Empty while none was found.
  private(set) var text = ""
  /// The record that it is taken from.
  private(set) var source: RecordLocation?

  /// Takes the record's message unless an earlier one was taken.
  mutating func offer(_ record: Record, part: Int) {
    guard text.isEmpty, let content = ThreadItem.UserMessage.content(of: record, part: part) else {
      return
    }
    text = content.preview
    if !text.isEmpty { source = record.location }
  }

  /// Forgets the message if it is one of these, which are gone.
  mutating func retract(_ items: [ItemPlan]) {
    guard let source, items.contains(where: { $0.record == source }) else { return }
    text = ""
    self.source = nil
  }
}
