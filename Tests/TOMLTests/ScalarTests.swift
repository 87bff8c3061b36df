import TOML
import Testing

@Suite struct ScalarTests {
  private static let q = "\"\"\""

  static let strings: [(String, String)] = [
    (#""""#, ""),
    (#""plain # no comment""#, "plain # no comment"),
    ("\"a\ttab\"", "a\ttab"),
    (#""\b\t\n\f\r\"\\""#, "\u{8}\t\n\u{C}\r\"\\"),
    (#""\u00E9 \U0001F422 \u0000""#, "é 🐢 \u{0}"),
    (#""\uD7FF\uE000\U0010FFFF""#, "\u{D7FF}\u{E000}\u{10FFFF}"),
    (#""naïve 鯨 🐋""#, "naïve 鯨 🐋"),
    ("''", ""),
    (#"'C:\new\u0041 "x"'"#, #"C:\new\u0041 "x""#),
    ("\(q)\(q)", ""),
    ("\"\"\"\none\ntwo\"\"\"", "one\ntwo"),
    ("\"\"\"\r\none\r\ntwo\"\"\"", "one\ntwo"),
    ("\"\"\"\n\none\"\"\"", "\none"),
    ("\"\"\"one \\\n   two\"\"\"", "one two"),
    ("\"\"\"one\\  \t\n\n \r\n\t two\"\"\"", "onetwo"),
    ("\"\"\"\\\n   \"\"\"", ""),
    ("\"\"\"one\\\\\n two\"\"\"", "one\\\n two"),
    ("\(q)a \"quote\" and \"\"two\(q)", "a \"quote\" and \"\"two"),
    ("\(q)a \\\"\(q)", "a \""),
    ("\(q)a \"\"\\\"three\(q)", "a \"\"\"three"),
    ("\(q)\"\"one\(q)", "\"\"one"),
    ("\(q)one\"\(q)", "one\""),
    ("\(q)two\"\"\(q)", "two\"\""),
    ("\(q)\"\"\(q)", "\"\""),
    ("''''''", ""),
    ("'''\nC:\\x\r\n''y'''", "C:\\x\n''y"),
    ("'''it's'''''", "it's''"),
  ]

  @Test(arguments: strings)
  func `strings of all four kinds`(_ text: String, _ expected: String) throws {
    #expect(try TOMLTable(parsing: "k = \(text)")["k"]?.kind == .string(expected))
  }

  static let integers: [(String, Int64)] = [
    ("0", 0), ("+0", 0), ("-0", 0), ("+99", 99), ("-17", -17), ("1_000_0", 10000),
    ("9223372036854775807", .max), ("-9223372036854775808", .min),
    ("0xDEAD_beef", 0xDEAD_BEEF), ("0x00ff", 255), ("0o0755", 0o755), ("0b1101_0110", 0b1101_0110),
    ("0x7FFFFFFFFFFFFFFF", .max), ("0xe0", 224), ("0x1e5", 485),
  ]

  @Test(arguments: integers)
  func `integers in four radixes`(_ text: String, _ expected: Int64) throws {
    #expect(try TOMLTable(parsing: "k = \(text)")["k"]?.kind == .integer(expected))
  }

  static let floats: [(String, Double)] = [
    ("1.0", 1), ("+3.25", 3.25), ("-0.01", -0.01), ("5e+22", 5e22), ("1e06", 1e6), ("-2E-2", -0.02),
    ("6.5e-3", 0.0065), ("0e0", 0), ("224_617.445_991", 224_617.445991), ("1_0e1_0", 1e11),
    ("3.0_1", 3.01), ("1e-400", 0), ("inf", .infinity), ("+inf", .infinity), ("-inf", -.infinity),
  ]

  @Test(arguments: floats)
  func `floats, with exponents and infinities`(_ text: String, _ expected: Double) throws {
    #expect(try TOMLTable(parsing: "k = \(text)")["k"]?.kind == .float(expected))
  }

  @Test(arguments: ["nan", "+nan", "-nan"])
  func `not a number is a float`(_ text: String) throws {
    guard case .float(let value) = try TOMLTable(parsing: "k = \(text)")["k"]?.kind else {
      Issue.record("no float")
      return
    }
    #expect(value.isNaN)
  }

  @Test func `negative zero keeps its sign`() throws {
    guard case .float(let value) = try TOMLTable(parsing: "k = -0.0")["k"]?.kind else {
      Issue.record("no float")
      return
    }
    #expect(value == 0 && value.sign == .minus)
  }

  @Test func `booleans are lower case`() throws {
    #expect(try TOMLTable(parsing: "y = true\nn = false") == ["y": true, "n": false])
  }

  @Test(arguments: [
    "2024-02-29T23:59:60Z", "2000-02-29t00:00:00z", "1999-12-31 06:30:00.123456789+13:45",
    "0000-01-01T00:00:00-23:59", "2021-06-30T12:00:00.5", "2021-04-30 12:00:00", "2021-10-31",
    "07:32:00", "00:00:00.000", "07:32", "2021-04-30T12:00", "2021-04-30 12:00Z",
  ])
  func `dates and times keep their text`(_ text: String) throws {
    let expected: TOMLTable = ["k": .dateTime(text), "list": [.dateTime(text), 1]]
    #expect(try TOMLTable(parsing: "k = \(text) # when\nlist = [\(text), 1]") == expected)
  }

  @Test func `a date ends before a space that no time follows`() throws {
    let table = try TOMLTable(parsing: "a = 2021-10-31 # autumn\nb = 2021-10-31   \n")
    #expect(table == ["a": .dateTime("2021-10-31"), "b": .dateTime("2021-10-31")])
  }
}
