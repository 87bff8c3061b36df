import JSON
import Protocol
import Rollouts

/// What a thread is shown as in lists (ROLLOUTS.md 7): its first user's message that says something.
struct Preview: Sendable {
  /// Empty while none was found.
  private(set) var text = ""
  /// The record that it is taken from.
  private(set) var source: RecordLocation?

  /// Editors put the user's own words behind this heading, below what they know of open files.
  private static let requestHeading = "## My request for Codex:"

  /// Takes the record's message unless an earlier one was taken.
  mutating func offer(_ record: Record, part: Int) {
    guard text.isEmpty, let content = userContent(of: record, part: part) else { return }
    text = Self.text(of: content)
    if !text.isEmpty { source = record.location }
  }

  /// Forgets the message if it is one of these, which are gone.
  mutating func retract(_ items: [ItemPlan]) {
    guard let source, items.contains(where: { $0.record == source }) else { return }
    text = ""
    self.source = nil
  }

  static func text(of content: [UserInput]) -> String {
    var text = ""
    var hasImages = false
    for part in content {
      switch part {
      case .text(let part): text += part.text.string
      case .image, .localImage: hasImages = true
      default: break
      }
    }
    let trimmed = request(in: text).trimmed
    return trimmed.isEmpty && hasImages ? "[Image]" : trimmed
  }

  private static func request(in text: String) -> Substring {
    // Mostly no such mark is there at all.
    var text = text
    guard text.withUTF8({ $0.firstIndex(of: UInt8(ascii: "#"), from: 0) }) != nil else {
      return text[...]
    }
    let heading = Array(requestHeading.utf8)
    let bytes = Array(text.utf8)
    guard let start = bytes.firstIndex(of: heading) else { return text[...] }
    return text[text.utf8.index(text.startIndex, offsetBy: start + heading.count)...]
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
