import JSON
import Protocol
import Rollouts

extension [UserInput] {
  /// Editors put the user's own words behind this heading, below what they know of open files.
  private static let requestHeading = "## My request for Codex:"

  /// The texts, joined, without white space around them; images where there is no text.
  var preview: String {
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
