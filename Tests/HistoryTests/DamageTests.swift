import History
import JSON
import Rollouts
import Testing

/// The same records, written otherwise or with something between them, come to the same turns.
@Suite struct DamageTests {
  @Test(arguments: TurnCase.all)
  func `members may stand in any order`(_ example: TurnCase) throws {
    var rollout = example.rollout
    rollout.records = rollout.records.map { reversed($0) ?? $0 }
    #expect(try rollout.turns() == example.expectedTurns)
  }

  @Test(arguments: TurnCase.all)
  func `a byte order mark, CR LF, NULs and blanks around records do not count`(
    _ example: TurnCase
  ) throws {
    var rollout = example.rollout
    rollout.beginning = [0xEF, 0xBB, 0xBF]
    for padding in ["\r\n", "\0\0\0\n", " \t\n\n \n\0\n"] {
      rollout.ending = Array(padding.utf8)
      #expect(try rollout.turns() == example.expectedTurns)
    }
  }

  @Test(arguments: TurnCase.all)
  func `records on one line are records`(_ example: TurnCase) throws {
    var rollout = example.rollout
    for ending in ["", " ", "\0"] {
      rollout.ending = Array(ending.utf8)
      #expect(try rollout.turns() == example.expectedTurns)
    }
  }

  @Test(arguments: TurnCase.all)
  func `what is no record between records is passed over`(_ example: TurnCase) throws {
    var rollout = example.rollout
    let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
    let torn =
      #"{"timestamp":"2026-01-05T10:00:01.000Z","type":"event_msg","payload":{"type":"user_mes"#
    for damage in [
      torn, "[]", "\"text\"", "7", "{}", #"{"payload":{}}"#, #"{"type":7}"#, "}{", deep,
    ] {
      rollout.ending = Array("\n\(damage)\n".utf8)
      #expect(try rollout.turns() == example.expectedTurns, "\(damage.prefix(40))")
    }
  }

  /// As a writer leaves it that died in the middle of a record, and wrote it again later.
  @Test(arguments: TurnCase.all)
  func `a torn record before a whole one is passed over`(_ example: TurnCase) throws {
    let lines = example.rollout.records
    guard lines.allSatisfy({ $0.starts(with: Array(#"{"timestamp":"#.utf8)) }) else { return }
    for part in [1, 40, 97] {
      var torn = Rollout([])
      torn.records = lines.map { Array($0.prefix(min(part, $0.count - 1)) + $0) }
      let ids = try torn.turns().map { $0.replacing(/"id":"(item|rollout)[^"]*"/, with: "") }
      let expected = example.expectedTurns.map {
        $0.replacing(/"id":"(item|rollout)[^"]*"/, with: "")
      }
      #expect(ids == expected, "\(part) bytes")
    }
  }

  /// Never an error, and what is damaged at the end changes nothing before it.
  @Test(arguments: TurnCase.all)
  func `every beginning of a file can be read`(_ example: TurnCase) throws {
    let bytes = example.rollout.bytes
    let step = max(1, bytes.count / 13)
    for end in stride(from: 0, through: bytes.count, by: step) {
      _ = try StoredRollout(Array(bytes[..<end])).turns()
    }
    var rollout = example.rollout
    rollout.ending = []
    let records = rollout.records
    rollout.records = [Array(records.joined(separator: Array("\n".utf8)))]
    #expect(
      try StoredRollout(rollout.bytes).turns() == StoredRollout(bytes).turns(),
      "without a line end at the end")
  }

  @Test func `damage is counted, with its place and the reason`() throws {
    let header =
      #"{"timestamp":"2026-01-05T10:00:00Z","type":"session_meta","payload":{"id":"\#(StoredRollout.id)"}}"#
    let text = "\(header)\n[]\n{\"type\":\n\n\0\0\n"
    let plan = try StoredRollout(Array(text.utf8)).thread.plan
    #expect(plan.damage.map(\.offset) == [1, 4, 14].map { header.utf8.count + $0 })
    #expect(plan.damage.first?.reason == "not a record")
    #expect(plan.damageCount == 3)
  }

  @Test func `of much damage the first places are kept, and all of it is counted`() throws {
    let plan = try StoredRollout(Array(String(repeating: "x\n", count: 250).utf8)).thread.plan
    #expect(plan.damage.count == 100)
    #expect(plan.damageCount == 250)
  }

  @Test(arguments: ["", "\n\n", "\0\0\0", "[]\n{}\n", "{\"type\":"])
  func `a file without a record is not usable`(_ text: String) throws {
    let stored = try StoredRollout(Array(text.utf8))
    #expect(!stored.thread.isUsable)
    #expect(try stored.turns().isEmpty)
  }

  @Test(arguments: [
    ("\"a\u{0}b\"", "a\u{0}b"), ("\"a\tb\"", "a\tb"), (#""a\ud83db""#, "a\u{FFFD}b"),
    (#""\udc00\ud83d\ude00""#, "\u{FFFD}😀"),
  ])
  func `texts that are not quite valid are kept`(_ text: String, _ expected: String) throws {
    #expect(try message(Array(text.utf8)) == expected)
  }

  @Test func `invalid UTF-8 becomes U+FFFD, one for each maximal part`() throws {
    let cases: [([UInt8], String)] = [
      ([0x61, 0xFF, 0x62], "a\u{FFFD}b"), ([0xE6, 0x87], "\u{FFFD}"),
      ([0xF0, 0x9F, 0x98, 0x41], "\u{FFFD}A"), ([0xC0, 0x80], "\u{FFFD}\u{FFFD}"),
      ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ]
    for (bytes, expected) in cases { #expect(try message([0x22] + bytes + [0x22]) == expected) }
  }

  /// The text that a client gets of a message that is written like this in a file.
  private func message(_ text: [UInt8]) throws -> String {
    let beginning =
      #"{"timestamp":"2026-01-05T10:00:00Z","type":"event_msg","payload":{"type":"agent_message","message":"#
    let lines = try StoredRollout(Array(beginning.utf8) + text + Array("}}\n".utf8)).turns()
    let item = try #require(lines.last)
    return try withJSON(Array(item.utf8)) { (json) throws(JSONError) in json.string("text") ?? "" }
  }
}

extension TurnCase {
  var expectedTurns: [String] { expected == ["no turns"] ? [] : expected }
}

/// A record with its members in the opposite order, and those of its payload and of the item in that.
private func reversed(_ record: [UInt8]) -> [UInt8]? {
  try? withJSON(record) { (json) throws(JSONError) in reversed(json).bytes }
}

private func reversed(_ json: JSONValue) -> RawJSON {
  var members: [(name: String, value: RawJSON)] = []
  json.forEachMember { name, value in
    let isNested = name.textEquals("payload") || name.textEquals("item")
    members.append(
      (name.asString ?? "", isNested && value.kind == .object ? reversed(value) : RawJSON(value)))
  }
  return RawJSON(WireMap(members.reversed()))
}
