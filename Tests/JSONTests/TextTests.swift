import JSON
import Testing

@Suite struct TextTests {
  static let texts: [String] = [
    "", "a", "a\"b\\c/d", "\u{8}\u{9}\u{A}\u{C}\u{D}\u{0}\u{1F}\u{7F}", "\u{85}\u{2028}\u{2029}",
    "naïve 鯨 🐋 👨‍👩‍👧", "\u{FFFD}\u{FEFF}\u{10FFFF}", "\\u0041", "\\", "\"",
    String(repeating: "x\n", count: 50),
  ]

  @Test(arguments: texts)
  func `a text survives its escaped form`(_ text: String) throws {
    #expect(JSONText(text).string == text)
    #expect(JSONText(text).isEmpty == text.isEmpty)

    let json = RawJSON(JSONText(text))
    #expect(json == RawJSON(text))
    let again = try withJSON(json.bytes) { (value) throws(JSONError) in try JSONText(json: value) }
    #expect(again == JSONText(text))
    #expect(!json.bytes.contains { $0 < 0x20 || $0 == 0x7F })
  }

  @Test func `escapes go out as they came`() throws {
    let source = #"{"a":"\u00e9\/\n\ud83d\ude00é"}"#
    try withJSON(Array(source.utf8)) { (value) throws(JSONError) in
      let text = try JSONText(json: value["a"] ?? value)
      #expect(RawJSON(text).bytes == Array(#""\u00e9\/\n\ud83d\ude00é""#.utf8))
      #expect(text.string == "é/\n😀é")
    }
  }

  @Test(arguments: ["\u{7F}", "\u{85}", "\u{2028}", "\u{2029}"])
  func `what splits lines leaves escaped, and other text as it came`(_ splitter: String) throws {
    let source = "\"naïve \(splitter)x\""
    let text = try withJSON(Array(source.utf8)) { (value) throws(JSONError) in
      try JSONText(json: value)
    }
    #expect(text.string == "naïve \(splitter)x")
    #expect(!String(decoding: text.escaped, as: UTF8.self).contains(splitter))
    let plain = "\"plain \(splitter)x\""
    try withJSON(Array(plain.utf8)) { (value) throws(JSONError) in
      #expect(try JSONText(json: value) == JSONText("plain \(splitter)x"))
    }
  }

  @Test func `texts are joined without being decoded`() {
    var text = JSONText("one\n")
    text += JSONText("\"two\"")
    text += ""
    #expect(text.string == "one\n\"two\"")
    #expect(text == JSONText("one\n\"two\""))
  }

  static let blanks: [(String, Bool)] = [
    ("", true), (" ", true), (" \t\r\n\u{C} ", true), ("\u{A0}\u{2003}\u{3000}", true),
    ("\u{2028}\u{85}", true), ("x", false), ("  x", false), ("\n\n.", false), ("\\", false),
    ("\\n", false), ("\"", false), (" \u{200B}", false), ("\u{8}", false), (" é", false),
  ]

  @Test(arguments: blanks)
  func `blank is what holds white space only`(_ text: String, _ isBlank: Bool) {
    #expect(JSONText(text).isBlank == isBlank)
  }

  @Test(arguments: ["1", "null", "[]", "{}", "true"])
  func `what is no string is no text`(_ json: String) throws {
    try withJSON(Array(json.utf8)) { (value) throws(JSONError) in
      #expect(JSONText(value) == nil)
      #expect(value.asString == nil)
    }
  }
}
