import JSON
import Testing

/// What only one record of a rollout may hold.
@Suite struct LenientTests {
  static let damaged: [([UInt8], String)] = [
    (Array("\"a\u{1}b\tc\u{0}\"".utf8), "a\u{1}b\tc\u{0}"),
    (Array("\"a\nb\"".utf8), "a\nb"),
    (quoted([0xFF]), "\u{FFFD}"),
    (quoted([0x61, 0x80, 0x62]), "a\u{FFFD}b"),
    (quoted([0xC0, 0x80]), "\u{FFFD}\u{FFFD}"),
    (quoted([0xC3]), "\u{FFFD}"),
    (quoted([0xE2, 0x80]), "\u{FFFD}"),
    (quoted([0xE2, 0x80, 0x41]), "\u{FFFD}A"),
    (quoted([0xF0, 0x9F, 0x90]), "\u{FFFD}"),
    (quoted([0xF0, 0x9F, 0x90, 0x8B, 0xF0]), "🐋\u{FFFD}"),
    (quoted([0xED, 0xA0, 0x80]), "\u{FFFD}\u{FFFD}\u{FFFD}"),
    (quoted([0xF4, 0x90, 0x80, 0x80]), "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    (quoted([0xE0, 0x9F, 0xBF]), "\u{FFFD}\u{FFFD}\u{FFFD}"),
    (Array(#""\ud800""#.utf8), "\u{FFFD}"),
    (Array(#""\udc00x""#.utf8), "\u{FFFD}x"),
    (Array(#""\ud800\u0041""#.utf8), "\u{FFFD}A"),
    (Array(#""\ud83d\ud83d\ude00""#.utf8), "\u{FFFD}😀"),
    (Array(#""\ude00\ud83d""#.utf8), "\u{FFFD}\u{FFFD}"),
    (Array(#""\udc00\ude00""#.utf8), "\u{FFFD}\u{FFFD}"),
    (Array(#""\ud83d\n""#.utf8), "\u{FFFD}\n"),
  ]

  static func quoted(_ bytes: [UInt8]) -> [UInt8] { [0x22] + bytes + [0x22] }

  @Test(arguments: damaged)
  func `damaged text is refused in a request and mended in a record`(
    _ bytes: [UInt8], _ expected: String
  ) throws {
    #expect(throws: JSONError.self) { try reprinted(bytes) }

    let parser = JSONParser()
    try bytes.withUnsafeBufferPointer { bytes in
      let value = try parser.parse(bytes, mode: .lenient)
      #expect(value.asString == expected)
      #expect(JSONText(value)?.string == expected)
      #expect(parser.consumed == bytes.count)
    }
    // What goes out is good for the strictest reader.
    let out = try reprinted(bytes, .lenient)
    #expect(try decodedString(out) == expected)
  }

  @Test func `damage in a member's name is mended too`() throws {
    let bytes = Array("{\"a".utf8) + [0xFF] + Array("\":1,\"\\ud800\":2}".utf8)
    #expect(try reprinted(bytes, .lenient) == "{\"a\u{FFFD}\":1,\"\\ufffd\":2}")
    #expect(throws: JSONError.self) { try reprinted(bytes) }
  }

  static let followed: [(String, Int)] = [
    ("{} {}", 2), (" [1] garbage", 4), ("{\"a\":1}{\"b\":2}", 7), ("null\0\0\0", 4),
    ("\"x\"\"y\"", 3),
    ("12 3", 2), ("true", 4),
  ]

  @Test(arguments: followed)
  func `what follows a record is the caller's`(_ text: String, _ consumed: Int) throws {
    let parser = JSONParser()
    try Array(text.utf8).withUnsafeBufferPointer { bytes in
      _ = try parser.parse(bytes, mode: .lenient)
    }
    #expect(parser.consumed == consumed)
  }

  @Test(arguments: [
    "", "{", "[1,", "{\"a\":tru", "\"a", "{\"a\":\"\\\"}", "\"\\q\"", "\"\\u12\"", "[1,]",
  ])
  func `what is torn or no JSON is refused in any mode`(_ text: String) {
    #expect(throws: JSONError.self) { try reprinted(text, .lenient) }
  }
}
