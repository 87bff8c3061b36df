import Testing

@testable import Library

/// What a search finds in a text, and how it shows that.
@Suite struct SearchTermTests {
  @Test(arguments: [
    ("lake", "The Lake by the LAKE", ["Lake", "LAKE"]),
    ("a lake ", "a lake\na lake a", ["a lake "]),
    ("KÖNIG", "Der König und die könige", ["König", "könig"]),
    ("strasse", "Große STRASSE, kleine Straße", ["STRASSE", "Straße"]),
    ("straße", "STRASSE", ["STRASSE"]),
    ("οδοσ", "Η ΟΔΟΣ, η οδός, η οδος", ["ΟΔΟΣ", "οδος"]),
    ("ДОМ", "дом на домбре", ["дом", "дом"]),
    ("🙂b", "a🙂B", ["🙂B"]),
    ("aa", "aaaaa", ["aa", "aa"]),
    ("abab", "ababab abaabab", ["abab", "abab"]),
    ("aabaac", "aabaabaac", ["aabaac"]),
    ("two words", "two\nwords", []),
    ("lake", "la-ke", []),
    ("\"a\\b\"", "say \"A\\B\" twice", ["\"A\\B\""]),
  ])
  func `a term is found wherever it stands, in any letter case`(
    _ term: String, _ text: String, _ wanted: [String]
  ) throws {
    let term = try #require(SearchTerm(term))
    #expect(term.ranges(in: text).map { String(text[$0]) } == wanted)
    #expect(term.firstRange(in: text).map { String(text[$0]) } == wanted.first)
  }

  @Test func `nothing is searched for by an empty term`() {
    #expect(SearchTerm("") == nil)
  }

  @Test(arguments: [
    ("a hit", "a hit", 2..<5),
    ("\n a\n\t hit  here \n", "a hit here", 2..<5),
    ("hit", "hit", 0..<3),
    ("🙂 hit", "🙂 hit", 3..<6),
    (
      String(repeating: "x", count: 60) + "hit",
      "... " + String(repeating: "x", count: 48) + "hit", 52..<55
    ),
    (
      "hit " + String(repeating: "y ", count: 60),
      "hit " + String(repeating: "y ", count: 47) + "y ...", 0..<3
    ),
  ])
  func `a snippet is one line around the hit`(
    _ text: String, _ wanted: String, _ range: Range<Int>
  ) throws {
    let hit = try #require(SearchTerm("hit")?.firstRange(in: text))
    let snippet = Snippet(of: hit, in: text)
    #expect(snippet.text == wanted)
    #expect(snippet.range == range)
  }
}
