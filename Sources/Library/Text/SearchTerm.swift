/// What is searched for; upper and lower case are the same, in every script.
package struct SearchTerm: Sendable {
  /// Folded.
  private let scalars: [Unicode.Scalar]
  /// For each beginning of the term, how much of it is its own end too: where to go on with when the
  /// next letter is another one (Knuth, Morris, Pratt).
  private let fallbacks: [Int]

  /// - Returns: Nil for an empty text, which would be found everywhere.
  package init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    scalars = text.unicodeScalars.flatMap(\.folded)
    fallbacks = Self.fallbacks(of: scalars)
  }

  /// Where the term first stands; nil where it does not.
  package func firstRange(in text: String) -> Range<String.Index>? {
    ranges(in: text, limit: 1).first
  }

  /// Whether the term stands anywhere.
  package func occurs(in text: String) -> Bool { firstRange(in: text) != nil }

  /// Where the term stands, the first `limit` times; no two of these overlap.
  package func ranges(in text: String, limit: Int = .max) -> [Range<String.Index>] {
    var found: [Range<String.Index>] = []
    var matcher = Matcher(scalars, fallbacks, start: text.startIndex)
    var index = text.startIndex
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

/// Looks at one letter after the other.
private struct Matcher {
  private let term: [Unicode.Scalar]
  private let fallbacks: [Int]
  /// How much of the term stands just before.
  private var matched = 0
  /// The places of as many folded letters as the term has, the next one taking the oldest's.
  private var starts: [String.Index]
  private var oldest = 0

  package init(_ term: [Unicode.Scalar], _ fallbacks: [Int], start: String.Index) {
    self.term = term
    self.fallbacks = fallbacks
    starts = Array(repeating: start, count: term.count)
  }

  /// - Returns: Where the term begins if it ends with this letter.
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
  /// The letter without its case: several where one is written as several in the other case.
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
