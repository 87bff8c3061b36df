/// A hit with some text around it, on one line.
package struct Snippet: Sendable, Equatable {
  /// Runs of white space are one blank; where text is left out stands `...`.
  package let text: String
  /// Where the hit stands in `text`, in UTF-16 code units, as the original counts.
  package let range: Range<Int>

  /// How many characters are shown before and behind a hit.
  private static let before = 48
  private static let behind = 96

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

/// The beginning of a text, on one line.
private struct Line {
  private(set) var scalars: [Unicode.Scalar] = []
  private(set) var isCut = false

  package init(_ text: some Sequence<Unicode.Scalar>, limit: Int) {
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
