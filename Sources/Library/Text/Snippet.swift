/// An occurrence of a text with its surroundings, on one line.
package struct Snippet: Sendable, Equatable {
  /// The line. White space is reduced to single spaces, and `...` stands for text that was left
  /// out.
  package let text: String
  /// The range of the occurrence in `text`, in UTF-16 code units.
  package let range: Range<Int>

  /// The numbers of characters that are shown before and after the occurrence.
  private static let before = 48
  private static let behind = 96

  /// Creates the snippet of an occurrence in a text.
  package init(of hit: Range<String.Index>, in source: String) {
    let scalars = source.unicodeScalars
    let before = Line(scalars[..<hit.lowerBound].reversed(), limit: Self.before)
    let match = Line(scalars[hit], limit: .max)
    let behind = Line(scalars[hit.upperBound...], limit: Self.behind)
    let start = (before.isCut ? "... " : "") + String(before.scalars.reversed())
    let found = String(match.scalars)
    text = start + found + String(behind.scalars) + (behind.isCut ? " ..." : "")
    range = start.utf16.count..<(start.utf16.count + found.utf16.count)
  }
}

/// The beginning of a text, with white space reduced to single spaces.
private struct Line {
  private(set) var scalars: [Unicode.Scalar] = []
  private(set) var isCut = false

  init(_ text: some Sequence<Unicode.Scalar>, limit: Int) {
    var isSpaced = false
    for scalar in text {
      if scalar.properties.isWhitespace {
        isSpaced = true
        continue
      }
      isCut = scalars.count + (isSpaced ? 2 : 1) > limit
      if isCut { return }
      if isSpaced { scalars.append(" ") }
      scalars.append(scalar)
      isSpaced = false
    }
  }
}

extension String {
  fileprivate init(_ scalars: some Sequence<Unicode.Scalar>) {
    self.init(String.UnicodeScalarView(scalars))
  }
}
