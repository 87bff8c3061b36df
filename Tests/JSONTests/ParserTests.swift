import JSON
import Testing

@Suite struct ParserTests {
  static let valid: [(String, String)] = [
    ("null", "null"), ("true", "true"), ("false", "false"), ("0", "0"), ("\"\"", "\"\""),
    ("[]", "[]"), ("{}", "{}"), ("[ ]", "[]"), ("{ }", "{}"), ("[[],{},[{}]]", "[[],{},[{}]]"),
    (" \t\r\n{ \"a\" : [ 1 , 2 ] } \t\r\n", #"{"a":[1,2]}"#),
    (#"{"a":null,"":true,"b":{"c":[]}}"#, #"{"a":null,"":true,"b":{"c":[]}}"#),
    (#"{"a":1,"a":{"b":2}}"#, #"{"a":1,"a":{"b":2}}"#),
    (#""a\"b\\c\/d\b\f\n\r\t""#, #""a\"b\\c\/d\b\f\n\r\t""#),
    (#""\u0000\u00e9\uABCD\uD834\uDD1E""#, #""\u0000\u00e9\uABCD\uD834\uDD1E""#),
    (#""naïve 鯨 🐋""#, #""naïve 鯨 🐋""#),
    (
      "\"\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\"",
      "\"\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\""
    ),
  ]

  @Test(arguments: valid)
  func `what RFC 8259 allows is read whole`(_ text: String, _ expected: String) throws {
    #expect(try reprinted(text) == expected)
    #expect(try reprinted(text, .lenient) == expected)
  }

  static let invalid: [String] = [
    "", " ", "\t\r\n", "nul", "nulll", "NULL", "True", "truefalse", "None", "NaN", "-NaN",
    "Infinity",
    "-Infinity", "undefined", "'a'", "a", "\u{FEFF}1", "\u{A0}1", "\u{C}1", "\u{B}1", "\0", "1\0",
    "[", "]", "{", "}", "[1", "[1,", "[,", "[,1]", "[1,]", "[1 2]", "[1,,2]", "[1}", "[1]]", "[[]",
    "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{\"a\" 1}", "{\"a\"::1}",
    "{\"a\":1 \"b\":2}", "{a:1}", "{1:1}", "{'a':1}", "{null:1}", "{\"a\":1]", "{\"a\":1}}",
    "{[]:1}",
    "[\"a\":1]", "{\"a\",\"b\"}", "{\"a\":}", "1 2", "{} {}", "[]1", "1,", "/**/1", "1//", "# 1",
    "\"", "\"a", "\"\\\"", "\"\\", "\"\\u", "\"\\u1", "\"\\u12\"", "\"\\u123\"", "\"\\u123g\"",
    "\"\\u 123\"", "\"\\u+123\"", "\"\\x41\"", "\"\\a\"", "\"\\'\"", "\"\\0\"", "\"\\U0041\"",
    "\"\\\n\"", "\"\\é\"",
  ]

  @Test(arguments: invalid)
  func `what it does not allow is refused`(_ text: String) {
    #expect(throws: JSONError.self) { try reprinted(text) }
  }

  static let badNumbers: [String] = [
    "+1", "-", "--1", "-a", "01", "-01", "00", "0x1", "1_000", "1.", "1.e1", ".5", "-.5", "1..2",
    "1e",
    "1e+", "1e-", "1e1.5", "1ee1", "1e+-1", "0e", "1.2.3", "1a", "0.", "１",
  ]

  @Test(arguments: badNumbers)
  func `numbers are written in one way only`(_ text: String) {
    #expect(throws: JSONError.self) { try reprinted(text) }
    #expect(throws: JSONError.self) { try reprinted("[\(text)]") }
    #expect(throws: JSONError.self) { try reprinted("{\"a\":\(text)}") }
  }

  static let numbers: [String] = [
    "0", "-0", "-1", "10", "9007199254740993", "18446744073709551616", "-9223372036854775809",
    "0.1", "-0.0", "1.50", "1e5", "1E5", "1e+5", "1e-5", "0e0", "0E+00", "1e999", "-1.5E-400",
    "123456789012345678901234567890.123456789012345678901234567890e-1234567",
  ]

  @Test(arguments: numbers)
  func `numbers keep every digit`(_ text: String) throws {
    #expect(try reprinted(text) == text)
    #expect(try reprinted("{\"a\":[\(text),\(text)]}") == "{\"a\":[\(text),\(text)]}")
  }

  @Test func `of several members of one name the last counts and all are kept`() throws {
    let text = #"{"a":1,"b":2,"a":{"a":3},"a":null}"#
    try withJSON(Array(text.utf8)) { (value) throws(JSONError) in
      #expect(value["a"]?.isNull == true)
      #expect(value.present("a") == nil)
      #expect(value["b"]?.asInteger == 2)
    }
    #expect(try reprinted(text) == text)
  }

  @Test func `a member is found however its name is escaped`() throws {
    try withJSON(Array(#"{"th\u0072ead\u0049d":1,"a\/b":2,"é":3}"#.utf8)) {
      (value) throws(JSONError) in
      #expect(value["threadId"]?.asInteger == 1)
      #expect(value["a/b"]?.asInteger == 2)
      #expect(value["threadid"] == nil)
      #expect(value["e"] == nil)
    }
  }

  static let nesting: [(open: String, close: String)] = [
    ("[", "]"), ("{\"a\":", "}"), (" [ 1 , ", " , 2 ] "), ("{\"a\":0,\"b\":", ",\"c\":1}"),
  ]

  @Test(arguments: nesting)
  func `512 levels are read and 513 are too deep`(_ open: String, _ close: String) throws {
    func nested(_ depth: Int) -> String {
      String(repeating: open, count: depth) + "0" + String(repeating: close, count: depth)
    }
    #expect(throws: Never.self) { try reprinted(nested(512)) }
    #expect(throws: JSONError.tooDeep) { try reprinted(nested(513)) }
    #expect(throws: JSONError.tooDeep) { try reprinted(nested(513), .lenient) }
    #expect(throws: JSONError.tooDeep) { try reprinted(nested(100_000)) }
    #expect(throws: Never.self) { try reprinted("[\(nested(511)),\(nested(511))]") }
  }

  @Test func `empty containers count as a level`() {
    let deep = String(repeating: "[", count: 513) + String(repeating: "]", count: 513)
    #expect(throws: JSONError.tooDeep) { try reprinted(deep) }
    #expect(throws: Never.self) { try reprinted(String(deep.dropFirst().dropLast())) }
  }

  @Test func `an error says where`() {
    #expect(throws: JSONError("expected `,` or `]` at byte 6")) { try reprinted("[1, 2 3]") }
    #expect(throws: JSONError("trailing characters at byte 3")) { try reprinted("{} {}") }
    #expect(throws: JSONError("control character in a string at byte 2")) {
      try reprinted("\"a\u{1}\"")
    }
  }

  @Test func `one parser reads document after document`() throws {
    let parser = JSONParser()
    let many = "[" + repeatElement("1", count: 3_000_000).joined(separator: ",") + "]"
    for (text, count) in [
      ("[1,2]", 2), (many, 3_000_000), ("[", nil), ("[]", 0), ("[[],[],[]]", 3),
    ] {
      let bytes = Array(text.utf8)
      bytes.withUnsafeBufferPointer { bytes in
        #expect((try? parser.parse(bytes))?.elements.count == count)
      }
    }
  }

  @Test func `offsets tell where a value begins`() throws {
    try withJSON(Array(#" {"a": "x", "b":[ 10] }"#.utf8)) { (value) throws(JSONError) in
      #expect(value.offset == 1)
      #expect(value["a"]?.offset == 7)
      #expect(value["b"]?.offset == 16)
      #expect(value["b"]?.elements.first?.offset == 18)
    }
  }
}
