import TOML
import Testing

@Suite struct DocumentTests {
  static let documents: [(String, TOMLTable)] = [
    ("", [:]),
    ("# only a comment", [:]),
    (" \t\r\n\n  # é\r\n", [:]),
    ("a=1", ["a": 1]),
    ("\t a\t=\t1\t# one\r\nb = 2", ["a": 1, "b": 2]),
    // Keys.
    ("bare_key-1 = 1\n1234 = 2\n3.14 = 3", ["bare_key-1": 1, "1234": 2, "3": ["14": 3]]),
    (#""a b" = 1"# + "\n'c\"d' = 2\n\"\" = 3", ["a b": 1, "c\"d": 2, "": 3]),
    (#""\u0065" = 1"#, ["e": 1]),
    (#"a . "b.c" .'d' = 1"#, ["a": ["b.c": ["d": 1]]]),
    ("a.b = 1\nc = 2\na.d.e = 3", ["a": ["b": 1, "d": ["e": 3]], "c": 2]),
    ("true = 1\ninf = 2\n2021-10-31 = 3", ["true": 1, "inf": 2, "2021-10-31": 3]),
    // Arrays.
    ("a = []", ["a": []]),
    (
      "a = [ # one\n 1 , # two\n\n \"x\" ,\r\n [ [ ] ] , {b = 2} , ] # end",
      ["a": [1, "x", [[]], ["b": 2]]]
    ),
    // Inline tables.
    ("a = {}\nb = { \t}", ["a": [:], "b": [:]]),
    (
      "a = { b.c = 1, b.d = [\n2\n], 'e' = {f=3} }",
      ["a": ["b": ["c": 1, "d": [2]], "e": ["f": 3]]]
    ),
    ("a = {\n  b = 1, # one\n  c = 2,\n}\nd = {e = 3,}", ["a": ["b": 1, "c": 2], "d": ["e": 3]]),
    ("a = {s = \"\"\"\none\n\"\"\"}", ["a": ["s": "one\n"]]),
    // Tables.
    ("[a]\n[b]\nc = 1", ["a": [:], "b": ["c": 1]]),
    ("[ a . 'b.c' ] # here\nd = 1", ["a": ["b.c": ["d": 1]]]),
    ("[a.b]\nc = 1\n[a]\nd = 2", ["a": ["b": ["c": 1], "d": 2]]),
    ("[a.b]\n[z]\n[a.c]\n[a]", ["a": ["b": [:], "c": [:]], "z": [:]]),
    (
      "[a]\nb.c = 1\nb.d.e = 2\n[a.b.f]\ng = 3",
      ["a": ["b": ["c": 1, "d": ["e": 2], "f": ["g": 3]]]]
    ),
    ("[a.b.c]\n[a]\nb.d = 1", ["a": ["b": ["c": [:], "d": 1]]]),
    ("a.b = 1\n[a.c]\nd.e = 2", ["a": ["b": 1, "c": ["d": ["e": 2]]]]),
    // Arrays of tables.
    ("[[a]]\nb = 1\n[[a]]\n[[ a ]] # third\nb = 3", ["a": [["b": 1], [:], ["b": 3]]]),
    (
      "[[a]]\n[a.b]\nc = 1\n[[a.d]]\ne = 2\n[[a.d]]\n[[a]]\n[a.b]\nc = 3",
      ["a": [["b": ["c": 1], "d": [["e": 2], [:]]], ["b": ["c": 3]]]]
    ),
    ("[[a.b]]\n[a]\nc = 1", ["a": ["b": [[:]], "c": 1]]),
    ("[a.b]\n[[a.c]]\n[[a.c]]", ["a": ["b": [:], "c": [[:], [:]]]]),
  ]

  @Test(arguments: documents)
  func `valid documents`(_ text: String, _ expected: TOMLTable) throws {
    #expect(try TOMLTable(parsing: text) == expected)
  }

  @Test func `keys stand in the order of their first appearance`() throws {
    let table = try TOMLTable(parsing: "z = 1\nm.b = 2\na = 3\nm.a = 4\n[k.x]\n[c]\n[k]")
    #expect(table.entries.map(\.key) == ["z", "m", "a", "k", "c"])
    #expect(table["m"]?.table?.entries.map(\.key) == ["b", "a"])
  }

  @Test func `a byte order mark is no part of the document`() throws {
    let table = try TOMLTable(parsing: [0xEF, 0xBB, 0xBF] + Array("a = 1".utf8))
    #expect(table == ["a": 1])
    #expect(table["a"]?.position == TOMLPosition(line: 1, column: 5))
  }

  @Test func `values say where they begin`() throws {
    let table = try TOMLTable(
      parsing: """
        model = "x"
        'é🐢' = [ 1,
          {k = true} ]
        a.b = 2
        [t.u]
          v = 1e3
        [[w]]
        [[w]]
        """)
    func position(_ path: String...) -> [Int]? {
      table[path: path]?.position.map { [$0.line, $0.column] }
    }
    #expect(position("model") == [1, 9])
    #expect(position("é🐢") == [2, 8])
    #expect(position("a") == [4, 1])
    #expect(position("a", "b") == [4, 7])
    #expect(position("t") == [5, 2])
    #expect(position("t", "u") == [5, 1])
    #expect(position("t", "u", "v") == [6, 7])
    #expect(position("w") == [7, 1])
    guard case .array(let elements)? = table["é🐢"]?.kind else {
      Issue.record("no array")
      return
    }
    #expect(elements.map(\.position?.line) == [2, 3])
    #expect(elements.map(\.position?.column) == [10, 3])
    #expect(elements[1].table?["k"]?.position == TOMLPosition(line: 3, column: 8))
  }

  @Test func `a value ends at its last character`() throws {
    let table = try TOMLTable(parsing: "a = \"é🐢\" # x\nb = [1, # x\n  22 ]\nc = {d=1} \n[t]")
    func end(_ path: String...) -> [Int]? {
      table[path: path]?.end.map { [$0.line, $0.column] }
    }
    #expect(end("a") == [1, 8])
    #expect(end("b") == [3, 6])
    #expect(end("c") == [4, 9])
    #expect(end("c", "d") == [4, 8])
    #expect(end("t") == nil)
    #expect(TOMLValue(parsingBare: "[1]").end == nil)
  }

  @Test func `a table that its header defines late begins at that header`() throws {
    let table = try TOMLTable(parsing: "[a.b]\n[c]\n  [a]")
    #expect(table["a"]?.position == TOMLPosition(line: 3, column: 3))
  }

  @Test func `nesting goes 256 levels deep`() throws {
    let arrays = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
    let path = Array(repeating: "a", count: 256)
    let key = path.joined(separator: ".")
    #expect(try TOMLTable(parsing: "k = \(arrays)")["k"] != nil)
    #expect(try TOMLTable(parsing: "[\(key)]")[path: path] == [:])
    #expect(try TOMLTable(parsing: "\(key).b = 1")[path: path + ["b"]] == 1)
  }

  @Test func `positions of one long line are counted once`() throws {
    let numbers = Array(repeating: "7", count: 50_000).joined(separator: ",")
    guard case .array(let elements)? = try TOMLTable(parsing: "k = [\(numbers)]")["k"]?.kind else {
      Issue.record("no array")
      return
    }
    #expect(elements.last?.position == TOMLPosition(line: 1, column: 6 + 2 * 49_999))
  }
}
