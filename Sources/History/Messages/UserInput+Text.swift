import JSON
import Protocol
import Rollouts

extension [UserInput] {
  /// The heading in front of the user's own words, where an editor put what it knows of open files
  /// before them.
  private static let requestHeading = "## My request for Codex:"

  /// The user's own words as a preview, or a mark where there are only images.
  var preview: String {
    let text = request
    return text.isEmpty && contains(where: \.isImage) ? "[Image]" : text
  }

  /// The joined texts.
  var words: String {
    reduce(into: "") { text, part in
      if case .text(let part) = part { text += part.text.string }
    }
  }

  /// The user's own words: the joined texts without an editor's addition before them.
  package var request: String {
    var text = words
    // Most texts have no mark of a heading at all.
    guard text.withUTF8({ $0.firstIndex(of: UInt8(ascii: "#"), from: 0) }) != nil else {
      return text.trimmed
    }
    let heading = [UInt8](Self.requestHeading.utf8)
    guard let start = [UInt8](text.utf8).firstIndex(of: heading) else { return text.trimmed }
    return text[text.utf8.index(text.startIndex, offsetBy: start + heading.count)...].trimmed
  }
}

extension UserInput {
  /// Whether the part is an image.
  fileprivate var isImage: Bool {
    switch self {
    case .image, .localImage: true
    default: false
    }
  }
}
