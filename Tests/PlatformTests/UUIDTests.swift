import Platform
import Testing

@Suite struct UUIDTests {
  static let text = "019cabcd-12ef-7034-8567-89abcdef01e1"

  @Test(arguments: [
    text, text.uppercased(), "{\(text)}", "urn:uuid:\(text)", "urn:uuid:\(text.uppercased())",
    "019cabcd12ef7034856789abcdef01e1", "019CABCD12EF7034856789ABCDEF01E1",
  ])
  func `one form comes out of many`(form: String) throws {
    #expect(try Platform.UUID(form).description == Self.text)
  }

  @Test(
    arguments: [
      ("not a uuid", "n", 1), ("x", "x", 1), (text.dropLast() + "g", "g", 36), (" " + text, " ", 1),
      ("{" + text, "{", 1), (text + "}", "}", 37), ("urn:uuid:{\(text)}", "{", 10),
      ("URN:UUID:\(text)", "U", 1), ("{" + text.dropLast() + "x}", "x", 37), ("0ä", "ä", 2),
      ("🙂" + text, "🙂", 1), (text.dropLast() + "é", "é", 36), (text + "\n", "\n", 37),
    ] as [(String, Character, Int)])
  func `a character that has no place`(text: String, found: Character, position: Int) {
    let error = #expect(throws: UUIDError.self) { try Platform.UUID(text) }
    #expect(
      error?.message
        == "invalid character: expected an optional prefix of `urn:uuid:` followed by "
        + "[0-9a-fA-F-], found `\(found)` at \(position)")
  }

  @Test(arguments: [
    ("", "invalid length: expected length 32 for simple format, found 0"),
    ("abcd", "invalid length: expected length 32 for simple format, found 4"),
    (
      String(repeating: "a", count: 36),
      "invalid length: expected length 32 for simple format, found 36"
    ),
    ("{}", "invalid group count: expected 5, found 1"),
    ("{019cabcd12ef7034856789abcdef01e1}", "invalid group count: expected 5, found 1"),
    ("urn:uuid:", "invalid group count: expected 5, found 1"),
    ("019cabcd12ef-7034-8567-89abcdef01e1", "invalid group count: expected 5, found 4"),
    (text + "-", "invalid group count: expected 5, found 6"),
    ("----", "invalid group length in group 0: expected 8, found 0"),
    (
      "019cabcd-12ef-703-48567-89abcdef01e1",
      "invalid group length in group 2: expected 4, found 3"
    ),
    (String(text.dropLast()), "invalid group length in group 4: expected 12, found 11"),
    (text + "0", "invalid group length in group 4: expected 12, found 13"),
    ("{\(text)0}", "invalid group length in group 4: expected 12, found 13"),
  ])
  func `a wrong number of digits`(text: String, message: String) {
    let error = #expect(throws: UUIDError.self) { try Platform.UUID(text) }
    #expect(error?.message == message)
  }

  @Test func `a new one holds its time and sorts by it`() throws {
    let early = UUID(version7At: 1_772_615_730_250)
    let late = UUID(version7At: 1_772_615_730_251)
    #expect(early.timestamp == 1_772_615_730_250)
    #expect(early < late)
    #expect(early.description < late.description)
    #expect(
      early.description.wholeMatch(
        of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    #expect(try Platform.UUID(early.description) == early)
  }

  @Test func `successors are new ones of the same time, in their order`() {
    let ids = sequence(first: UUID(version7At: 1_772_615_730_250), next: \.successor).prefix(1000)
    #expect(Array(ids) == ids.sorted())
    #expect(Set(ids).count == 1000)
    #expect(ids.allSatisfy { $0.timestamp == 1_772_615_730_250 })
  }

  @Test func `the last one of a time has a successor too`() throws {
    let last = try Platform.UUID("019cabcd-12ef-7034-bfff-ffffffffffff")
    #expect(last.successor.description == "019cabcd-12ef-7034-8000-000000000000")
  }

  @Test func `no two new ones are equal`() {
    #expect(Set((0..<1000).map { _ in UUID(version7At: 1) }).count == 1000)
  }

  @Test(arguments: [
    "f81d4fae-7dec-41d0-a765-00a0c91e6bf6", "019cabcd-12ef-7034-c567-89abcdef01e1",
    "00000000-0000-0000-0000-000000000000",
  ])
  func `other versions hold no time`(text: String) throws {
    #expect(try Platform.UUID(text).timestamp == nil)
  }

  @Test func `one is read inside of a longer text`() throws {
    let bytes = Array("a-\(Self.text.uppercased()).jsonl".utf8)
    #expect(UUID(bytes.span, at: 2)?.description == Self.text)
    for start in [-1, 1, 3, 8, 100] { #expect(UUID(bytes.span, at: start) == nil) }
  }
}
