import TOML
import Testing

@Suite struct InvalidDocumentTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let error: TOMLError

    init(_ text: String, _ message: String, _ line: Int, _ column: Int) {
      self.text = text
      error = TOMLError(message, at: TOMLPosition(line: line, column: column))
    }

    var testDescription: String { String(text.prefix(60)).debugDescription }
  }

  private static let value = "expected a value"
  private static let key = "expected a key"
  private static let equals = "expected `=` after the key"
  private static let lineEnd = "expected the end of the line"
  private static let array = "expected `,` or `]` in the array"
  private static let inlineTable = "expected `,` or `}` in the inline table"

  private static func noValue(_ token: String) -> String {
    "`\(token)` is no value; a string needs quotes"
  }

  static let structure = [
    Case("model = \n", value, 1, 9),
    Case("model =", value, 1, 8),
    Case("a = # later", value, 1, 5),
    Case("a", equals, 1, 2),
    Case("a 1", equals, 1, 3),
    Case("a b = 1", equals, 1, 3),
    Case("é = 1", key, 1, 1),
    Case("= 1", key, 1, 1),
    Case("a. = 1", key, 1, 4),
    Case(".a = 1", key, 1, 1),
    Case("a..b = 1", key, 1, 3),
    Case("\"\"\"a\"\"\" = 1", equals, 1, 3),
    Case("\"a\nb\" = 1", "the string does not end on its line", 1, 3),
    Case("a = 1 b = 2", lineEnd, 1, 7),
    Case("a = \"x\" y", lineEnd, 1, 9),
    Case("\n\na = \"é🐢\" y", lineEnd, 3, 10),
    Case("a = 1\rb = 2", lineEnd, 1, 6),
    Case("a = 1 # \u{1}", "control character U+0001 is not allowed", 1, 9),
    Case("# \r x", "control character U+000D is not allowed", 1, 3),
    Case("# \u{7F}", "control character U+007F is not allowed", 1, 3),
    Case("a = [1 2]", array, 1, 8),
    Case("a = [1,,2]", value, 1, 8),
    Case("a = [,1]", value, 1, 6),
    Case("a = [1,\n", value, 2, 1),
    Case("a = [1\nb = 2", array, 2, 1),
    Case("a = {,}", key, 1, 6),
    Case("a = {b = 1,,}", key, 1, 12),
    Case("a = {b = 1\nc = 2}", inlineTable, 2, 1),
    Case("a = {b = 1 c = 2}", inlineTable, 1, 12),
    Case("a = {b}", equals, 1, 7),
    Case("[]", key, 1, 2),
    Case("[a", "expected `]` after the key", 1, 3),
    Case("[a]]", lineEnd, 1, 4),
    Case("[a] b = 1", lineEnd, 1, 5),
    Case("[a.]", key, 1, 4),
    Case("[ [a] ]", key, 1, 3),
    Case("[[a]", "expected `]]` after the key", 1, 4),
    Case("[[a] ]", "expected `]]` after the key", 1, 4),
  ]

  static let strings = [
    Case("a = \"x\n\"", "the string does not end on its line", 1, 7),
    Case("a = 'x\r\n'", "the string does not end on its line", 1, 7),
    Case("a = \"x", "the string does not end on its line", 1, 7),
    Case("a = 'it's'", lineEnd, 1, 9),
    Case("a = \"\"\"x\n", "the multi-line string does not end", 2, 1),
    Case("a = '''x''", "the multi-line string does not end", 1, 11),
    Case("a = \"\"\"x\"\"\"\"\"\"", lineEnd, 1, 14),
    Case("a = \"\\q\"", "unknown escape sequence", 1, 6),
    Case("a = \"\\xe\"", "expected 2 hexadecimal digits in the escape sequence", 1, 6),
    Case("a = \"\\E\"", "unknown escape sequence", 1, 6),
    Case("a = \"\\", "unknown escape sequence", 1, 6),
    Case("a = \"\"\"x\\ y\"\"\"", "unknown escape sequence", 1, 9),
    Case("a = \"\\u12\"", "expected 4 hexadecimal digits in the escape sequence", 1, 6),
    Case("a = \"\\u+123\"", "expected 4 hexadecimal digits in the escape sequence", 1, 6),
    Case("a = \"\\U0001F42", "expected 8 hexadecimal digits in the escape sequence", 1, 6),
    Case("a = \"\\uD800\"", "the escape sequence is no Unicode scalar value", 1, 6),
    Case("a = \"\\UFFFFFFFF\"", "the escape sequence is no Unicode scalar value", 1, 6),
    Case("a = \"\u{0}\"", "control character U+0000 is not allowed", 1, 6),
    Case("a = '\u{1F}'", "control character U+001F is not allowed", 1, 6),
    Case("a = \"\"\"\n\u{8}\"\"\"", "control character U+0008 is not allowed", 2, 1),
    Case("a = '''\rx'''", "control character U+000D is not allowed", 1, 8),
  ]

  static let scalars =
    [
      "yes", "True", "truer", "gpt-5", "+", "-", "+-1", "01", "-01", "+00", "1_", "1__0", "0_1",
      "_",
      "0x", "0x_1", "0xG", "0b2", "0o8", "0X1", "+0x1", "-0b1", "0x1_", "1.", "1.e1", "1._0",
      "1_.0",
      "01.5", "1e", "1e+", "1e_1", "1e1.5", "1.2.3", "Inf", "infinity", "nanny", "1e1_", "1f",
      "1-2",
    ].map { Case("a = \($0)", noValue($0), 1, 5) }
    + [
      "2021-02-29", "1900-02-29", "2021-04-31", "2021-13-01", "2021-00-10", "2021-01-00",
      "2021-1-1", "2021-01-01T", "2021-01-01T24:00:00", "2021-01-01T10:60:00",
      "2021-01-01T10:00:61", "2021-01-01T10:", "2021-01-01T10:00:00.", "2021-01-01T10",
      "2021-01-01T10:00:00+", "2021-01-01T10:00:00+24:00", "2021-01-01T10:00:00+01:60",
      "2021-01-01T10:00:00+0100", "2021-01-01T10:00:00ZZ", "2021-01-01x10:00:00", "2021-01-01Z",
      "24:00:00", "10:", "10:00Z", "10:00:00Z", "10:0:00", "10:00:00.x",
    ].map { Case("a = \($0)", "`\($0)` is no valid date or time", 1, 5) }
    + ["9223372036854775808", "-9223372036854775809", "0x8000000000000000"].map {
      Case("a = \($0)", "the integer does not fit in 64 bits", 1, 5)
    }
    + [
      Case("a = -1e400", "the float is out of range", 1, 5),
      Case("a = .5", noValue(".5"), 1, 5),
      Case("a = $x", value, 1, 5),
      Case("a = [1, gpt]", noValue("gpt"), 1, 9),
      Case("a = 1 000", lineEnd, 1, 7),
    ]

  static let redefinitions = [
    Case("a = 1\na = 2", "`a` is already defined", 2, 1),
    Case("a = 1\n'a' = 2", "`a` is already defined", 2, 1),
    Case("a = 1\na.b = 2", "`a` is already defined", 2, 1),
    Case("a.b = 1\na.b.c = 2", "`b` is already defined", 2, 3),
    Case("a.b = 1\na = 2", "`a` is already defined", 2, 1),
    Case("a = {b = 1}\na.c = 2", "`a` is already defined", 2, 1),
    Case("a = {b = 1}\n[a]", "`a` is already defined", 2, 2),
    Case("a = {b = {}}\n[a.b.c]", "`a` is already defined", 2, 2),
    Case("a = {b = 1, b = 2}", "`b` is already defined", 1, 13),
    Case("a = {b = {c = 1}, b.d = 2}", "`b` is already defined", 1, 19),
    Case("a = {b.c = 1, b = 2}", "`b` is already defined", 1, 15),
    Case("[a]\n[b]\n[a]", "`a` is already defined", 3, 2),
    Case("[a.b]\n[a]\n[a]", "`a` is already defined", 3, 2),
    Case("[a]\nb = 1\n[a.b]", "`b` is already defined", 3, 4),
    Case("[a]\nb = 1\n[a.b.c]", "`b` is already defined", 3, 4),
    Case("[a]\nb.c = 1\n[a.b]", "`b` is already defined", 3, 4),
    Case("[a]\nb.c.d = 1\n[a.b.c]", "`c` is already defined", 3, 6),
    Case("a.b = 1\n[a]", "`a` is already defined", 2, 2),
    Case("[a.b.c]\n[a]\nb.c.d = 1", "`c` is already defined", 3, 3),
    Case("[a.b.c]\n[a]\nb.d = 1\n[a.b]", "`b` is already defined", 4, 4),
    Case("[a.b]\n[a]\nb = 1", "`b` is already defined", 3, 1),
    Case("[a.b]\n[a]\nb.c = 1", "`b` is already defined", 3, 1),
    Case("a = []\n[[a]]", "`a` is already defined", 2, 3),
    Case("a = [{}]\n[a.b]", "`a` is already defined", 2, 2),
    Case("[[a]]\n[a]", "`a` is already defined", 2, 2),
    Case("[a]\n[[a]]", "`a` is already defined", 2, 3),
    Case("[a.b]\n[[a]]", "`a` is already defined", 2, 3),
    Case("[[a.b]]\n[[a]]", "`a` is already defined", 2, 3),
    Case("[[a]]\n[[a.b]]\n[a.b]", "`b` is already defined", 3, 4),
    Case("[[a]]\n[a.b]\n[[a.b]]", "`b` is already defined", 3, 5),
    Case("[[a]]\nb.c = 1\n[[a.b]]", "`b` is already defined", 3, 5),
    Case("[[a.b]]\n[a]\nb.c = 1", "`b` is already defined", 3, 1),
  ]

  static let depths = [
    Case("k = " + String(repeating: "[", count: 257), tooDeep, 1, 261),
    Case("k = " + String(repeating: "{k=", count: 100_000), tooDeep, 1, 773),
    Case("[t]\nk = " + String(repeating: "[", count: 100_000), tooDeep, 2, 260),
    Case("a" + String(repeating: ".a", count: 257) + " = 1", tooDeep, 1, 1),
    Case("[a" + String(repeating: ".a", count: 100_000) + "]", tooDeep, 1, 2),
    Case("[[a" + String(repeating: ".a", count: 255) + "]]", tooDeep, 1, 3),
  ]
  private static let tooDeep = "nested deeper than 256 levels"

  @Test(arguments: structure + strings + scalars + redefinitions + depths)
  func `an invalid document is refused, with the place`(_ invalid: Case) {
    #expect(throws: invalid.error) { try TOMLTable(parsing: invalid.text) }
  }

  @Test(
    arguments: [
      ([0xFF], 1, 3), ([0xC0, 0x80], 1, 3), ([0xED, 0xA0, 0x80], 1, 3), ([0xC3], 1, 3),
      ([0x0A, 0xF0, 0x9F], 2, 1), ([0xF4, 0x90, 0x80, 0x80], 1, 3),
    ] as [([UInt8], Int, Int)])
  func `bytes that are not UTF-8 are refused`(_ bytes: [UInt8], _ line: Int, _ column: Int) {
    let error = TOMLError("the text is not UTF-8", at: TOMLPosition(line: line, column: column))
    #expect(throws: error) { try TOMLTable(parsing: Array("# ".utf8) + bytes) }
  }
}
