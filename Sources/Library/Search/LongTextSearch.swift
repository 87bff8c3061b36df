import Platform
import Rollouts

/// Searches a text that is read in parts, as if it was one.
struct LongTextSearch {
  private let term: SearchTerm
  private let limit: Int
  /// The first occurrences.
  private(set) var found: [Snippet] = []
  /// The end of what was read.
  private var text = ""
  /// The index in `text` from which on nothing was searched.
  private var start = 0
  /// The number of bytes that are kept before the place where the search goes on, and behind it as
  /// long as more may follow: enough for an occurrence and for what a snippet shows around it.
  private let margin: Int

  init(_ term: SearchTerm, limit: Int) {
    self.term = term
    self.limit = limit
    margin = 4096 + 16 * term.length
  }

  /// Whether all occurrences that are wanted were found.
  var isDone: Bool { found.count >= limit }

  /// Searches the next part.
  mutating func add(_ part: String) {
    text += part
    let end = text.utf8.count - margin
    guard end > start else { return }
    search(upTo: text.index(atOrBefore: end))
    let kept = text.index(atOrBefore: max(start - margin, 0))
    start -= text.utf8.distance(from: text.startIndex, to: kept)
    text = String(text[kept...])
  }

  /// Searches what is left behind the last part.
  mutating func finish() { search(upTo: text.endIndex) }

  /// Finds the occurrences that begin before an index.
  private mutating func search(upTo end: String.Index) {
    var next = text.index(atOrBefore: start)
    while !isDone, next < end,
      let range = term.ranges(in: text, from: next, limit: 1).first, range.lowerBound < end
    {
      found.append(Snippet(of: range, in: text))
      next = range.upperBound
    }
    start = text.utf8.distance(from: text.startIndex, to: max(next, end))
  }
}

extension String {
  /// The index of the character at a number of bytes, or of the one that these are within.
  fileprivate func index(atOrBefore offset: Int) -> Index {
    utf8.index(startIndex, offsetBy: offset).samePosition(in: unicodeScalars)
      ?? index(atOrBefore: offset - 1)
  }
}

extension SearchTerm {
  /// The first `limit` occurrences in a text whose middle may have been left in a file.
  ///
  /// - Throws: The error of the file that cannot be read, or was cut or overwritten.
  func snippets(in text: String, _ gaps: [FileGap], limit: Int) throws(SystemError) -> [Snippet] {
    guard FileGap.isMarked(text, gaps) else {
      return ranges(in: text, limit: limit).map { Snippet(of: $0, in: text) }
    }
    var search = LongTextSearch(self, limit: limit)
    try FileGap.forEachPart(of: text, gaps) { part in
      search.add(part)
      return !search.isDone
    }
    search.finish()
    return search.found
  }
}
