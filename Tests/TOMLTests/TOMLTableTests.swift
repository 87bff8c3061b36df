import TOML
import Testing

@Suite struct TOMLTableTests {
  @Test func `equality ignores order and positions`() throws {
    let left = try TOMLTable(parsing: "a = 1\nb = {c = 2, d = 3}")
    let right = try TOMLTable(parsing: "\n[b]\nd = 3\nc = 2")
    #expect(left != right)
    var merged = right
    merged.merge(["a": 1])
    #expect(left == merged)
  }

  @Test func `a path ends where a key is missing or a value is no table`() throws {
    let table = try TOMLTable(parsing: "a.b.c = 1")
    #expect(table[path: ["a", "b", "c"]] == 1)
    #expect(table[path: ["a", "b"]] == ["c": 1])
    #expect(table[path: ["a", "x", "c"]] == nil)
    #expect(table[path: ["a", "b", "c", "d"]] == nil)
    #expect(table[path: []] == nil)
  }

  @Test func `set makes the tables on its way`() {
    var table: TOMLTable = ["a": 1, "b": ["c": 2]]
    table.set(path: ["b", "d"], 3)
    table.set(path: ["x", "y", "z"], true)
    #expect(table == ["a": 1, "b": ["c": 2, "d": 3], "x": ["y": ["z": true]]])
    table.set(path: ["a", "e"], 4)
    #expect(table["a"] == ["e": 4])
    table.set(path: [], 5)
    #expect(table.entries.map(\.key) == ["a", "b", "x"])
  }

  @Test func `merge lays tables over tables and values over all else`() {
    var table: TOMLTable = ["a": ["b": 1, "c": ["d": 2]], "e": [1, 2], "f": ["g": 1], "h": 1]
    table.merge(["a": ["c": ["x": 3], "b": 4], "e": [3], "f": 5, "h": ["i": 6], "j": 7])
    let expected: TOMLTable = [
      "a": ["b": 4, "c": ["d": 2, "x": 3]], "e": [3], "f": 5, "h": ["i": 6], "j": 7,
    ]
    #expect(table == expected)
    #expect(table.entries.map(\.key) == ["a", "e", "f", "h", "j"])
  }

  @Test func `a merged value keeps the position of its own file`() throws {
    var table = try TOMLTable(parsing: "[a]\nb = 1\nc = 2")
    table.merge(try TOMLTable(parsing: "a.b = 'x'"))
    #expect(table[path: ["a", "b"]]?.position == TOMLPosition(line: 1, column: 7))
    #expect(table[path: ["a", "c"]]?.position == TOMLPosition(line: 3, column: 5))
  }

  @Test(arguments: [
    ("model", ["model"]), ("a.\"b.c\".d", ["a", "b.c", "d"]), (" a . 'x y' ", ["a", "x y"]),
    (#"projects."/home/é".trust_level"#, ["projects", "/home/é", "trust_level"]),
  ])
  func `a dotted key splits by the rules of keys`(_ text: String, _ parts: [String]) throws {
    #expect(try TOMLTable.path(parsing: text) == parts)
  }

  @Test(arguments: [("", 1), ("a..b", 3), ("a.", 3), ("a b", 3), ("a\nb", 2), ("/x", 1)])
  func `what is no key does not split`(_ text: String, _ column: Int) {
    let error = #expect(throws: TOMLError.self) { try TOMLTable.path(parsing: text) }
    #expect(error?.position == TOMLPosition(line: 1, column: column))
  }
}

@Suite struct OverrideTests {
  @Test(
    arguments: [
      ("\"gpt 5\"", "gpt 5"), (" 'x' ", "x"), ("5", 5), ("-0.5", -0.5), ("true", true),
      ("[1, 2]", [1, 2]), ("{network_access=true}", ["network_access": true]),
      ("2021-10-31", .dateTime("2021-10-31")), ("5 # five", 5), ("[\n1\n]\n", [1]),
    ] as [(String, TOMLValue)])
  func `a value of TOML is that value`(_ text: String, _ expected: TOMLValue) {
    #expect(TOMLValue(parsingBare: text) == expected)
  }

  @Test(arguments: [
    ("gpt-5", "gpt-5"), ("  on-request\n", "on-request"), ("/tmp/é x", "/tmp/é x"), ("", ""),
    ("\u{A0} ", ""), ("5 6", "5 6"), ("\"open", "\"open"), ("[1", "[1"), ("5\nb = 6", "5\nb = 6"),
    ("True", "True"),
  ])
  func `anything else is a string`(_ text: String, _ expected: String) {
    #expect(TOMLValue(parsingBare: text).kind == .string(expected))
  }

  @Test func `values that come from no file have no position`() throws {
    let value = TOMLValue(parsingBare: "{a.b = [1]}")
    #expect(value.position == nil)
    let outer = try #require(value.table?["a"])
    #expect(outer.position == nil)
    let inner = try #require(outer.table?["b"])
    #expect(inner.position == nil)
    guard case .array(let elements) = inner.kind else {
      Issue.record("no array")
      return
    }
    #expect(elements.map(\.position) == [nil])
  }
}
