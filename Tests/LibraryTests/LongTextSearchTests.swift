import TestSupport
import Testing

@testable import Library

@Suite struct LongTextSearchTests {
  @Test(arguments: 0..<40)
  func `a text in parts is searched as one`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let words = [
      "tide", "Tide", "ti", "de", "straße", " ", "\n", "😀", String(repeating: "x", count: 3000),
    ]
    var text = ""
    while text.utf8.count < 60_000 { text += words.randomElement(using: &generator) ?? "" }
    let term = try #require(SearchTerm(["tide", "STRASSE", "titi", "xx"][Int(seed % 4)]))
    let limit = Int.random(in: 1...200, using: &generator)
    let whole = term.ranges(in: text, limit: limit).map { Snippet(of: $0, in: text) }
    var search = LongTextSearch(term, limit: limit)
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let part = rest.prefix(Int.random(in: 1...9000, using: &generator))
      search.add(String(part))
      rest = rest.dropFirst(part.count)
    }
    search.finish()
    #expect(search.found == whole)
  }
}
