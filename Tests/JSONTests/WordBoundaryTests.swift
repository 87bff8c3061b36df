import JSON
import Testing

/// Strings are searched eight or sixteen bytes at a time: what is special must be found at every
/// place, and what looks special and is not must pass.
@Suite struct WordBoundaryTests {
  /// In the source of a string, what it says, and how it is written again.
  static let specials: [(source: String, meaning: String, output: String)] = [
    (#"\""#, "\"", #"\""#), (#"\\"#, "\\", #"\\"#), (#"\n"#, "\n", #"\n"#),
    (#"\u0041"#, "A", #"\u0041"#), (#"\ud83d\ude00"#, "😀", #"\ud83d\ude00"#), ("é", "é", "é"),
    ("鯨", "鯨", "鯨"), ("🐋", "🐋", "🐋"), ("\u{7F}", "\u{7F}", #"\u007f"#),
    ("\u{85}", "\u{85}", #"\u0085"#), ("\u{2028}", "\u{2028}", #"\u2028"#),
    ("\u{2029}", "\u{2029}", #"\u2029"#),
    ("\u{84}\u{2027}\u{202A}", "\u{84}\u{2027}\u{202A}", "\u{84}\u{2027}\u{202A}"),
    (#"\\Users\\new"#, #"\Users\new"#, #"\\Users\\new"#), (#"\\\\\"\\"#, #"\\"\"#, #"\\\\\"\\"#),
    (#"\t\r\/\b\f"#, "\t\r/\u{8}\u{C}", #"\t\r\/\b\f"#), ("👩‍💻ó漢字", "👩‍💻ó漢字", "👩‍💻ó漢字"),
  ]

  @Test(arguments: specials)
  func `a special character is found at every offset`(
    _ source: String, _ meaning: String, _ output: String
  ) throws {
    for before in 0...33 {
      for after in 0...18 {
        let (head, tail) = (padding(before), padding(after))
        let text = "\"\(head)\(source)\(tail)\""
        #expect(try decodedString(text) == head + meaning + tail)
        #expect(try reprinted(text) == "\"\(head)\(output)\(tail)\"")
        #expect(try decodedString(written(head + meaning + tail)) == head + meaning + tail)
      }
    }
  }

  @Test func `a control character is found at every offset`() {
    for control in [0x00, 0x01, 0x09, 0x0A, 0x0D, 0x1F] as [UInt8] {
      for before in 0...17 {
        let text = Array("\"\(padding(before))".utf8) + [control] + Array("\(padding(9))\"".utf8)
        #expect(throws: JSONError("control character in a string at byte \(before + 1)")) {
          try reprinted(text)
        }
        #expect(throws: Never.self) { try reprinted(text, .lenient) }
      }
    }
  }

  @Test func `invalid UTF-8 is found at every offset`() {
    for before in 0...17 {
      for after in 0...9 {
        for invalid in [[0x80], [0xC3], [0xE2, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]] {
          let text =
            Array("\"\(padding(before))".utf8) + invalid + Array("\(padding(after))\"".utf8)
          #expect(throws: JSONError.self) { try reprinted(text) }
        }
      }
    }
  }

  @Test func `the last of a byte is found at every place`() {
    for length in 0...25 {
      for place in 0..<max(length, 1) {
        // A byte that differs in its last bit stands behind it, and another one before.
        var bytes = [UInt8](repeating: 0x0B, count: length)
        bytes.replaceSubrange(0..<min(place, length), with: repeatElement(0x0A, count: place))
        bytes.withUnsafeBufferPointer { bytes in
          for end in 0...length {
            #expect(bytes.lastIndex(of: 0x0A, before: end) == bytes[..<end].lastIndex(of: 0x0A))
          }
        }
      }
    }
  }

  @Test func `the end of the text is never passed`() {
    for length in 0...25 {
      #expect(throws: JSONError.self) { try reprinted("\"" + padding(length)) }
      #expect(throws: JSONError.self) { try reprinted("\"" + padding(length) + "\\") }
      #expect(throws: JSONError.self) { try reprinted("\"" + padding(length) + "\\u00e") }
      #expect(throws: JSONError.self) { try reprinted("\"" + padding(length) + "\\ud83d") }
    }
  }

  @Test func `every byte that needs an escape gets it, at every offset`() throws {
    for code in 0..<0x80 {
      let scalar = try #require(Unicode.Scalar(UInt32(code)))
      let isSpecial = code < 0x20 || code == 0x7F || scalar == "\"" || scalar == "\\"
      for before in 0...9 {
        let text = padding(before) + String(scalar) + padding(8)
        let output = written(text)
        #expect(output.utf8.contains(UInt8(ascii: "\\")) == isSpecial, "code \(code)")
        #expect(try decodedString(output) == text)
      }
    }
  }

  private func padding(_ count: Int) -> String {
    String("abcdefghijklmnopqrstuvwxyz".prefix(count))
  }

  private func written(_ text: String) -> String {
    var out = JSONWriter()
    out.string(text)
    return String(decoding: out.bytes, as: UTF8.self)
  }
}
