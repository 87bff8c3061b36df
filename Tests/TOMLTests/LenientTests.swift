import TOML
import Testing

/// An error costs its expression; what stands around it is there.
@Suite struct LenientTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let table: TOMLTable
    /// The lines with errors.
    let lines: [Int]

    init(_ text: String, _ table: TOMLTable, _ lines: Int...) {
      (self.text, self.table, self.lines) = (text, table, lines)
    }

    var testDescription: String { String(text.prefix(60)).debugDescription }
  }

  static let lines = [
    Case("a = 1\n[b]", ["a": 1, "b": [:]]),
    Case("a = 1\nb = \nc = 3", ["a": 1, "c": 3], 2),
    Case("b\na = 1", ["a": 1], 1),
    Case("b c = 2\n= 3\na = 1", ["a": 1], 1, 2),
    Case("b = 2 x\na = 1", ["a": 1], 1),
    Case("b = x y # \"\"\"\na = 1", ["a": 1], 1),
    Case("b # it's = '''\na = 1", ["a": 1], 1),
    Case("\"b = 2\na = 1", ["a": 1], 1),
    Case("b = \"two\na = 1\nc = 'three\nd = 4", ["a": 1, "d": 4], 1, 3),
    Case("b = \"C:\\dir\\\"\na = 1", ["a": 1], 1),
    Case("b = \"F:\\d\\p\"\r\na = 1\r\n", ["a": 1], 1),
    Case("a = 1 # \u{1}\nb = 2", ["a": 1, "b": 2], 1),
    Case("# \u{1}\n\n# \u{2}\na = 1", ["a": 1], 1, 3),
    Case("b = 1" + String(repeating: "0", count: 30) + "\na = 1", ["a": 1], 1),
    Case("b" + String(repeating: ".b", count: 300) + " = 2\na = 1", ["a": 1], 1),
    Case("oops", [:], 1),
    Case("\u{0}\u{0}\u{0}", [:], 1),
    Case("a = 1\n\u{FEFF}b = 2\nc = 3", ["a": 1, "c": 3], 2),
  ]

  /// A value of several lines is passed over as a whole where its end can be made out, so that nothing
  /// in it is taken for a setting.
  static let values = [
    Case("b = [\"F:\\d\", {c = 1}]\na = 1", ["a": 1], 1),
    Case("b = [\n  \"x\",\n  \"F:\\d\",\n]\na = 1", ["a": 1], 3),
    Case("b = [\n  \"x,\n  \"y\",\n]\na = 1", ["a": 1], 2),
    Case("b = [1 2]\na = 1", ["a": 1], 1),
    Case("b = {c = 1, d = }\na = 1", ["a": 1], 1),
    Case("b = {\n  c = x,\n  d = 2\n}\na = 1", ["a": 1], 2),
    Case("b = \"\"\"\nc = 2\n\\d\nd = 3\n\"\"\"\na = 1", ["a": 1], 3),
    Case("b = '''\nc = 2\n\u{1}\n'''\na = 1", ["a": 1], 3),
    Case("b = [\"\"\"\n]\n\"\"\", x]\na = 1", ["a": 1], 3),
    Case("b = [ # ]\n  x\n]\na = 1", ["a": 1], 2),
  ]

  /// Where it cannot be made out, what follows is read as far as it makes sense.
  static let openEnds = [
    Case("b = [1,\na = 1", ["a": 1], 2),
    Case("b = [\n  \"x\",\n  \"y\"\na = 1", ["a": 1], 4),
    Case("b = [1,\n[c]\nd = 1", ["c": ["d": 1]], 2),
    Case("b = [1,\n# end", [:], 2),
    Case("b = {c = 2\na = 1\nd = {e = 5}", ["a": 1, "d": ["e": 5]], 2),
    Case("b = {c = [1}\na = 1", ["a": 1], 1),
    Case("b = \"\"\"\nis not closed\na = 1\n[c]\nd = 1", ["a": 1, "c": ["d": 1]], 5, 2),
    Case("b = [\n  \"\"\"x,\n]\na = 1", ["a": 1], 4, 3),
    Case("b = '''x\na = 1", ["a": 1], 2),
  ]

  static let tables = [
    Case("[a]\nb = 1\n[c\nd = 2\n[e]\nf = 3", ["a": ["b": 1], "c": ["d": 2], "e": ["f": 3]], 3),
    Case("[c # why\nd = 2", ["c": ["d": 2]], 1),
    Case("[c] x\nd = 2", ["c": ["d": 2]], 1),
    Case("[[c]] x\nd = 2", ["c": [["d": 2]]], 1),
    Case("[a]\nb = 1\n[c d]\nb = 2\nx\n[e]\nf = 3", ["a": ["b": 1], "e": ["f": 3]], 3, 5),
    Case("[p.\"C:\\Users\"]\nb = 2\n[e]\nf = 3", ["e": ["f": 3]], 1),
    Case("[]\nb = 1", [:], 1),
    Case("[[[\nb = 1", [:], 1),
    Case("[b" + String(repeating: ".b", count: 300) + "]\nc = 1", [:], 1),
    Case("a = 1\na = 2\nb = 3", ["a": 1, "b": 3], 2),
    Case("a = 1\n[a]\nb = 2\n[c]\nd = 3", ["a": 1, "c": ["d": 3]], 2),
    Case("[a]\nb = 1\n[c]\n[a]\nb = 2\nd = 3", ["a": ["b": 1, "d": 3], "c": [:]], 4, 5),
    Case("a.b = 1\n[a]\nc = 2", ["a": ["b": 1, "c": 2]], 2),
    Case("[a]\nb = 1\n[[a]]\nc = 2", ["a": ["b": 1]], 3),
    Case("[[a]]\nb = 1\n[a]\nc = 2\n[[a]]\nd = 3", ["a": [["b": 1], ["d": 3]]], 3),
    Case("[[a]]\nb = 1\n[[a]]\nb = [1, 2", ["a": [["b": 1], [:]]], 4),
  ]

  @Test(arguments: lines + values + openEnds + tables)
  func `what is no TOML costs itself alone`(_ example: Case) {
    let (table, errors) = TOMLTable.parseLeniently(Array(example.text.utf8))
    #expect(table == example.table)
    #expect(errors.map(\.position.line) == example.lines, "\(errors)")
  }

  @Test func `bytes that are not UTF-8 cost what they stand in`() {
    let bytes =
      Array("a = 1\nb = 2".utf8) + [0xFF] + Array("\n# caf".utf8) + [0xE9]
      + Array("\nc = 'caf".utf8) + [0xE9] + Array("'\n\"".utf8) + [0xE9]
      + Array("\" = 1\nd = 4 # ".utf8) + [0xE9] + Array("\ne = 'é'".utf8)
    let (table, errors) = TOMLTable.parseLeniently(bytes)
    #expect(table == ["a": 1, "d": 4, "e": "é"])
    let places = [(2, 6), (3, 6), (4, 9), (5, 2), (6, 9)].map(TOMLPosition.init)
    #expect(errors == places.map { TOMLError("the text is not UTF-8", at: $0) })
  }

  @Test func `a text that is no TOML at all is given up`() {
    let text = String(repeating: "no\n", count: 10_000) + "a = 1"
    let (table, errors) = TOMLTable.parseLeniently(Array(text.utf8))
    #expect(table == [:])
    #expect(errors.count == 1001)
  }
}
