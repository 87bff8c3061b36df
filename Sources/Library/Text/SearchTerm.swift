/// A text to search for, in any script and without regard to case.
package struct SearchTerm: Sendable {
  /// The characters of the text, case-folded.
  private let scalars: [Unicode.Scalar]
  /// For each prefix of the text, the length of its longest proper prefix that is also its suffix,
  /// by which the search continues after a mismatch (Knuth, Morris and Pratt).
  private let fallbacks: [Int]

  /// Creates a term; nil for an empty text, which would be found everywhere.
  package init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    scalars = text.unicodeScalars.flatMap(\.folded)
    fallbacks = Self.fallbacks(of: scalars)
  }

  /// The range of the first occurrence in a text; nil if there is none.
  package func firstRange(in text: String) -> Range<String.Index>? {
    ranges(in: text, limit: 1).first
  }

  /// Whether the term occurs in a text.
  package func occurs(in text: String) -> Bool { firstRange(in: text) != nil }

  /// The number of characters of the text.
  var length: Int { scalars.count }

  /// The ranges of the first `limit` occurrences in a text. They do not overlap.
  ///
  /// - Parameter start: The index from which on the text is searched; nil for all of it.
  package func ranges(
    in text: String, from start: String.Index? = nil, limit: Int = .max
  ) -> [Range<String.Index>] {
    var found: [Range<String.Index>] = []
    var index = start ?? text.startIndex
    var matcher = Matcher(scalars, fallbacks, start: index)
    while index < text.endIndex, found.count < limit {
      let scalar = text.unicodeScalars[index]
      let next = text.unicodeScalars.index(after: index)
      if let start = matcher.take(scalar, at: index) { found.append(start..<next) }
      index = next
    }
    return found
  }

  private static func fallbacks(of scalars: [Unicode.Scalar]) -> [Int] {
    var fallbacks = [0]
    for index in scalars.indices.dropFirst() {
      var length = fallbacks[index - 1]
      while length > 0, scalars[length] != scalars[index] { length = fallbacks[length - 1] }
      fallbacks.append(scalars[length] == scalars[index] ? length + 1 : 0)
    }
    return fallbacks
  }
}

/// Compares a text with the term, character by character.
private struct Matcher {
  private let term: [Unicode.Scalar]
  private let fallbacks: [Int]
  /// The number of characters of the term that match the last characters of the text.
  private var matched = 0
  /// The indices of the last characters of the text, as many as the term has. The array is a ring
  /// buffer.
  private var starts: [String.Index]
  private var oldest = 0

  init(_ term: [Unicode.Scalar], _ fallbacks: [Int], start: String.Index) {
    self.term = term
    self.fallbacks = fallbacks
    starts = Array(repeating: start, count: term.count)
  }

  /// Compares the next character of the text.
  ///
  /// - Returns: The start of the occurrence that ends with this character; nil if none does.
  mutating func take(_ scalar: Unicode.Scalar, at index: String.Index) -> String.Index? {
    if scalar.isASCII { return take(folded: scalar.foldedASCII, at: index) }
    var found: String.Index?
    for folded in scalar.folded { found = take(folded: folded, at: index) ?? found }
    return found
  }

  private mutating func take(
    folded: Unicode.Scalar, at index: String.Index
  ) -> String.Index? {
    starts[oldest] = index
    oldest = oldest + 1 < starts.count ? oldest + 1 : 0
    while matched > 0, term[matched] != folded { matched = fallbacks[matched - 1] }
    if term[matched] == folded { matched += 1 }
    guard matched == term.count else { return nil }
    matched = 0
    return starts[oldest]
  }
}

extension Unicode.Scalar {
  /// The case-folded character. Some characters become several, as `ß` becomes `ss`.
  fileprivate var folded: [Unicode.Scalar] {
    if isASCII { return [foldedASCII] }
    return properties.uppercaseMapping.unicodeScalars.flatMap {
      $0.properties.lowercaseMapping.unicodeScalars
    }
  }

  fileprivate var foldedASCII: Unicode.Scalar {
    ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) | 0x20) : self
  }
}
