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

extension [UserInput] {
  /// Editors put the user's own words behind this heading, below what they know of open files.
  private static let requestHeading = "## My request for Codex:"

  /// The texts, joined, without white space around them; images where there is no text.
  fileprivate var preview: String {
    let text = request
    return text.isEmpty && contains(where: \.isImage) ? "[Image]" : text
  }

  /// The texts, joined.
  var words: String {
    reduce(into: "") { text, part in
      if case .text(let part) = part { text += part.text.string }
    }
  }

  /// The user's own words: the texts, joined, or what stands in them behind the heading.
  var request: String {
    var text = words
    // Mostly no such mark is there at all.
    guard text.withUTF8({ $0.firstIndex(of: UInt8(ascii: "#"), from: 0) }) != nil else {
      return text.trimmed
    }
    let heading = [UInt8](Self.requestHeading.utf8)
    guard let start = [UInt8](text.utf8).firstIndex(of: heading) else { return text.trimmed }
    return text[text.utf8.index(text.startIndex, offsetBy: start + heading.count)...].trimmed
  }
}

extension UserInput {
  fileprivate var isImage: Bool {
    switch self {
    case .image, .localImage: true
    default: false
    }
  }
}

extension [UInt8] {
  /// Where a sequence of bytes first occurs.
  func firstIndex(of wanted: [UInt8]) -> Int? {
    guard !wanted.isEmpty, count >= wanted.count else { return nil }
    return (0...(count - wanted.count)).first {
      self[$0] == wanted[0] && self[$0...].starts(with: wanted)
    }
  }
}
