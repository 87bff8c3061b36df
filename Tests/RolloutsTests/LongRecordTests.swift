import Foundation
import JSON
import Platform
import TestSupport
import Testing

@testable import Rollouts

@Suite struct LongRecordTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let small = record(#"{"type":"agent_message","message":"small"}"#)

  private static func record(_ payload: String, _ type: String = "event_msg") -> String {
    #"{"timestamp":"2026-01-05T10:00:00.000Z","type":"\#(type)","payload":\#(payload)}"#
  }

  private static func message(_ images: String...) -> String {
    record(
      #"{"type":"user_message","message":"look","images":["\#(images.joined(separator: #"",""#))"]}"#
    )
  }

  /// A data URL of about so many bytes, which hardly repeats where pieces of a file end.
  private static func image(_ length: Int) -> String {
    let part = "QRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/ABCDEFGHIJKLM"
    return "data:image/png;base64," + String(repeating: part, count: length / part.utf8.count)
  }

  // MARK: Reading

  static let shortened = [
    "an image": message(image(1_000_000)),
    "several images": message(image(400_000), image(3_000_000), image(700_000)),
    "a text": record(#"{"type":"agent_message","message":"\#(image(1_000_000))"}"#),
    "no data URL": record(
      #"{"type":"user_message","images":["\#(image(1_000_000).dropFirst(9))"]}"#),
    "much else": message(image(900_000), String(repeating: #"\n"#, count: 900_000)),
    "an escape where it would be cut": message(image(900_000) + #"\u00e9"# + image(900_000)),
    "CR LF": message(image(1_000_000)) + "\r",
    "in a message of the model's input": record(
      #"{"type":"message","content":[{"type":"input_image","image_url":"\#(image(900_000))"}]}"#,
      "response_item"),
    "one that was made": record(
      #"{"type":"image_generation_end","result":"\#(image(900_000).dropFirst(30))"}"#),
    "what a tool gave": record(
      #"{"type":"mcp_tool_call_end","result":{"Ok":[{"data":"\#(image(900_000))"}]}}"#),
  ]

  @Test(arguments: shortened.keys.sorted())
  func `long texts are left out of very long records, and nothing else is changed`(
    _ name: String
  ) throws {
    let line = try #require(Self.shortened[name])
    let seen = try read(line)
    #expect(seen == readWhole(line))
    #expect(Int(seen.visited[1].location.length) == line.trimmed.utf8.count)
    #expect(seen.lengths[1] < 600_000)
  }

  static let whole = [
    "a text in a text": record(
      #"{"type":"function_call","arguments":"{\"url\":\"\#(image(1_000_000))\"}"}"#),
    "a number": record(
      #"{"type":"user_message","url":\#(String(repeating: "7", count: 900_000))}"#),
    "another record behind": message(image(900_000)) + small,
    "the same record again, torn the first time":
      String(message(image(900_000)).dropLast(5)) + message(image(900_000)),
    "torn within": String(message(image(900_000)).dropLast(10)),
    "torn behind": message(image(900_000)).dropLast(2) + "",
    "NULs behind": message(image(900_000)) + "\0\0\0",
    "NULs before": "\0\0\0" + message(image(900_000)),
    "blanks before": "  " + message(image(900_000)),
    "no record": #"{"type":7,"url":"\#(image(900_000))"}"#,
    "nothing but letters": image(900_000),
    "the address of a repository": record(
      #"{"git":{"repository_url":"\#(image(900_000))"}}"#, "session_meta"),
    "the address of a page, which is shown twice": record(
      #"{"type":"web_search_call","action":{"type":"open_page","url":"\#(image(900_000))"}}"#,
      "response_item"),
    "a word of a command, which is quoted": record(
      #"{"type":"exec_command_end","command":["curl","\#(image(900_000))"]}"#),
    "a word of a completed command": record(
      #"{"type":"item_completed","item":{"type":"CommandExecution","command":["a","\#(image(900_000))"]}}"#
    ),
    "why a turn failed": record(
      #"{"type":"task_complete","error":{"codex_error_info":{"x":{"url":"\#(image(900_000))"}}}}"#),
  ]

  @Test(arguments: whole.keys.sorted())
  func `whatever else is long is read as ever`(_ name: String) throws {
    let line = try #require(Self.whole[name])
    let seen = try read(line)
    #expect(seen == readWhole(line))
  }

  @Test func `a record behind one that is not wanted is found on a line of any length`() throws {
    let unwanted = Self.record(#"{"type":"token_count"}"#)
    for line in [
      unwanted + Self.message(Self.image(900_000)),
      unwanted.dropLast(3) + Self.message(Self.image(900_000)),
    ] {
      let file = try File(folder.write(line + "\n", to: "two"), for: .reading)
      var visitor = Visitor()
      visitor.unwanted = .event(.tokenCount)
      try RecordReader().read(file, in: 0..<Int.max, &visitor)
      #expect(visitor.visited.map(\.kind).contains(.event(.userMessage)))
    }
  }

  @Test func `what ends with the file, or before it, is read up to there`() throws {
    let line = Self.message(Self.image(900_000))
    for end in [line.utf8.count, line.utf8.count - 1, line.utf8.count + 1, 300_000] {
      let file = try File(folder.write(line + "\n" + Self.small, to: "part"), for: .reading)
      var visitor = Visitor()
      let next = try RecordReader().read(file, in: 0..<end, &visitor)
      #expect(visitor.visited.count == (end < line.utf8.count ? 0 : 1))
      #expect(visitor.damage.count == (end < line.utf8.count ? 1 : 0))
      #expect(next == end)
    }
  }

  // MARK: Writing

  @Test(arguments: shortened.keys.sorted())
  func `what is written of a record has its texts, wherever they are cut`(_ name: String) throws {
    let line = try #require(Self.shortened[name])
    for padding in stride(from: 0, to: 70_000, by: 23_333) {
      let before = Self.record(#"{"type":"x","text":"\#(String(repeating: "x", count: padding))"}"#)
      try expectEqual(Array((before + "\n").utf8), Array(line.utf8))
    }
  }

  /// Characters of which a text may consist, among them what is escaped, replaced, or no character.
  private static let characters: [[UInt8]] = [
    Array("a".utf8), Array("é".utf8), Array("€".utf8), Array("😀".utf8), Array(#"\n"#.utf8),
    Array(#"\""#.utf8), Array(#"\\"#.utf8), Array(#"\u00e9"#.utf8), Array(#"\ud83d\ude00"#.utf8),
    Array(#"\ud83d"#.utf8), Array(#"\ude00"#.utf8), Array("\u{2028}".utf8), Array("\u{85}".utf8),
    [0x7F], [0x01], [0x0D], [0xFF], [0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    Array(repeating: UInt8(ascii: "x"), count: 100),
  ]

  @Test(arguments: 0..<24)
  func `any text is written as if it had been in memory`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    // Few kinds of characters together, so that some texts have no place where they are simply cut.
    let characters = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      Self.characters.randomElement(using: &generator) ?? []
    }
    var text: [UInt8] = []
    while text.count < 700_000 { text += characters.randomElement(using: &generator) ?? [] }
    let parts = Self.record(#"{"type":"agent_message","message":"|"}"#).split(separator: "|")
    try expectEqual(
      Array(repeating: UInt8(ascii: " "), count: Int(seed)) + [UInt8(ascii: "\n")],
      Array(parts[0].utf8) + text + Array(parts[1].utf8))
  }

  /// Expects that a record is written with its texts, in parts that are not large.
  private func expectEqual(_ before: [UInt8], _ line: [UInt8]) throws {
    let path = try folder.write("", to: "long")
    try Data(before + line + [UInt8(ascii: "\n")]).write(to: URL(filePath: path))
    let length = line.count - (line.last == UInt8(ascii: "\r") ? 1 : 0)
    let place = RecordLocation(offset: before.count, length: length, file: 0)
    let window = RecordWindow([try File(path, for: .reading)])
    let text = try written(window.recordWithGaps(at: place))
    #expect(!window.gaps.isEmpty && text.count < 300_000)
    var parts: [Int] = []
    var whole: [UInt8] = []
    var out = JSONWriter()
    try FileGap.fill(window.gaps, in: text, to: &out) { out in
      parts.append(out.bytes.count)
      whole += out.bytes
      out.bytes = []
    }
    // Of two texts of this size a failure would be described for minutes.
    let isWhole = try whole == written(window.record(at: place))
    #expect(isWhole)
    #expect(window.gaps.isEmpty)
    #expect(try #require(parts.max()) < 2_000_000)
  }

  @Test func `a text that is shown twice is written twice`() throws {
    let line = Self.message(Self.image(1_000_000))
    let place = RecordLocation(offset: 0, length: line.utf8.count, file: 0)
    let file = try File(folder.write(line, to: "twice"), for: .reading)
    let window = RecordWindow([file])
    let text = try written(window.recordWithGaps(at: place))
    var out = JSONWriter()
    try FileGap.fill(window.gaps, in: text + text, to: &out) { _ in }
    let isWhole = out.bytes == Array((line + line).utf8)
    #expect(isWhole)
  }

  @Test func `equal texts are equal without their middle, and others are not`() throws {
    var texts: [String] = []
    for (index, letter) in ["a", "a", "b"].enumerated() {
      let text = Self.image(300_000) + letter + Self.image(300_000)
      let line = Self.record(#"{"type":"x\#(index)","message":"\#(text)"}"#)
      let file = try File(folder.write(line, to: "equal"), for: .reading)
      let place = RecordLocation(offset: 0, length: line.utf8.count, file: 0)
      let window = RecordWindow([file])
      let record = try window.recordWithGaps(at: place)
      texts.append(try #require(record.payload.string("message")))
      withExtendedLifetime(window) {}
    }
    #expect(texts[0] == texts[1])
    #expect(texts[0].count < 50_000)
    #expect(FileGap.beginning(of: texts[0]) == String(Self.image(300_000).prefix(16 * 1024)))
  }

  @Test(arguments: ["\"\\\n\u{1}", ""])
  func `a file that was cut or overwritten meanwhile leaves valid JSON`(_ change: String) throws {
    let line = Self.message(Self.image(1_000_000))
    let place = RecordLocation(offset: 0, length: line.utf8.count, file: 0)
    let path = try folder.write(line, to: "changed")
    let window = RecordWindow([try File(path, for: .reading)])
    let text = try written(window.recordWithGaps(at: place))
    let file = try File(path, for: .appending)
    try file.truncate(to: 500_000)
    if !change.isEmpty {
      try file.append(String(repeating: change, count: 500_000).utf8.span.bytes)
    }
    var out = JSONWriter()
    #expect(throws: SystemError.gone(path)) {
      try FileGap.fill(window.gaps, in: text, to: &out) { _ in }
    }
    #expect(throws: Never.self) { try withJSON(out.bytes) { #expect($0.kind == .object) } }
  }

  // MARK: Support

  private func written(_ record: Record) -> [UInt8] {
    var out = JSONWriter()
    out.value(record.root)
    return out.bytes
  }

  /// What is seen of a file with a line between two records.
  private func read(_ line: String) throws -> Visitor {
    let text = Self.small + "\n" + line + "\n" + Self.small
    let file = try File(folder.write(text, to: "rollout"), for: .reading)
    var visitor = Visitor()
    try RecordReader().read(file, in: 0..<Int.max, &visitor)
    return visitor
  }

  /// The same if each line was in memory.
  private func readWhole(_ line: String) -> Visitor {
    var visitor = Visitor()
    var offset = 0
    for line in [Self.small, line, Self.small] {
      Array(line.utf8).withUnsafeBufferPointer {
        RecordReader().readLine($0, at: offset, of: 0, &visitor)
      }
      offset += line.utf8.count + 1
    }
    return visitor
  }
}

private struct Visitor: RecordVisitor, Equatable {
  struct Visited: Equatable {
    let kind: RecordKind
    let location: RecordLocation
  }

  var visited: [Visited] = []
  var damage: [Damage] = []
  /// How long the texts of the records were.
  var lengths: [Int] = []
  var unwanted: RecordKind?

  func wants(_ kind: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool { kind != unwanted }

  mutating func visit(_ record: Record) {
    visited.append(Visited(kind: record.kind, location: record.location))
    lengths.append(record.root.text.count)
  }

  mutating func skip(_ damage: Damage) { self.damage.append(damage) }

  static func == (one: Visitor, other: Visitor) -> Bool {
    one.visited == other.visited && one.damage.map(\.offset) == other.damage.map(\.offset)
  }
}

extension String {
  fileprivate var trimmed: String { hasSuffix("\r") ? String(dropLast()) : self }
}
