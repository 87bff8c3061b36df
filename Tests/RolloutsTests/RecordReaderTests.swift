import JSON
import Platform
import TestSupport
import Testing

@testable import Rollouts

@Suite struct RecordReaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func record(
    _ type: String, _ payload: String, time: String = #""2026-01-05T10:00:00.000Z""#
  ) -> String {
    #"{"timestamp":\#(time),"type":"\#(type)","payload":\#(payload)}"#
  }

  // MARK: Kinds

  @Test(arguments: [
    (record("session_meta", "{}"), RecordKind.sessionMeta),
    (record("turn_context", "{}"), .turnContext),
    (record("compacted", #"{"message":""}"#), .compacted),
    (record("world_state", #"{"type":"message"}"#), .unknown),
    (record("event_msg", #"{"type":"user_message"}"#), .event(.userMessage)),
    (record("event_msg", #"{"message":"m","type":"user_message"}"#), .event(.userMessage)),
    (record("event_msg", #"{"type":"brand_new"}"#), .unknown),
    (record("event_msg", #"{"type":7}"#), .unknown),
    (record("event_msg", "null"), .unknown),
    (record("response_item", #"{"type":"function_call"}"#), .responseItem(.functionCall)),
    (record("response_item", #"{"type":"brand_new"}"#), .responseItem(.other)),
    (#"{"payload":{"type":"reasoning"},"type":"response_item"}"#, .responseItem(.reasoning)),
    (#"{"metadata":{"type":"x"},"type":"compacted","payload":{}}"#, .compacted),
    (#"{"t\u0079pe":"compacted","payload":{}}"#, .compacted),
    (#" { "ordinal" : 1.0e1 , "type" : "compacted" , "payload" : { } } "#, .compacted),
    (#"{"type":"message","role":"user"}"#, .responseItem(.message)),
    (#"{"id":"x","timestamp":"y","instructions":null}"#, .sessionMeta),
  ])
  func `a record is told by its tags, in any order`(_ line: String, _ kind: RecordKind) throws {
    let seen = try read(line)
    #expect(seen.visited.map(\.kind) == [kind])
    #expect(seen.damage.isEmpty)
    if let tags = line.utf8Bytes.withUnsafeBufferPointer({ RecordTags($0) }) {
      #expect(tags.kind == kind, "the look at the tags says the same")
    }
  }

  @Test(arguments: ["", "\\\"", "\\\\", "\",\"type\":\"message\",\"x\":\""])
  func `the time does not change what a record is, however it looks`(_ special: String) {
    for before in 0...40 {
      for after in 0...40 {
        let padding = (String(repeating: "0", count: before), String(repeating: "Z", count: after))
        let line = Self.record("compacted", "{}", time: "\"\(padding.0)\(special)\(padding.1)\"")
        let tags = line.utf8Bytes.withUnsafeBufferPointer { RecordTags($0)?.kind }
        #expect(tags == nil || tags == .compacted, "\(line)")
        if special.isEmpty, before + after < 64 { #expect(tags == .compacted) }
      }
    }
  }

  @Test(arguments: [
    "[]", "7", "\"text\"", "null", "{}", #"{"type":"event_msg"}"#, #"{"payload":{}}"#,
    #"{"type":7,"payload":{}}"#, #"{"type":"event","event":{}}"#,
    #"{"id":7,"timestamp":"y"}"#, #"{"id":"x"}"#,
  ])
  func `what is no record is damage`(_ line: String) throws {
    let seen = try read("\n\(line)\n" + Self.record("compacted", "{}"))
    #expect(seen.visited.map(\.kind) == [.compacted])
    #expect(seen.damage == [Damage(file: 0, offset: 1, reason: "not a record")])
  }

  @Test func `a state between the items of a bare file is no damage`() throws {
    let seen = try read(#"{"record_type":"state"}"# + "\n" + Self.record("compacted", "{}"))
    #expect(seen.visited.map(\.kind) == [.unknown, .compacted])
    #expect(seen.damage.isEmpty)
  }

  @Test func `NULs in place of a record are damage, blank lines are none`() throws {
    let seen = try read("\n \n\0\0\n" + Self.record("compacted", "{}") + "\n\0\0")
    #expect(seen.damage.map(\.offset) == [3, 6 + Self.record("compacted", "{}").utf8.count + 1])
  }

  // MARK: Places

  @Test func `a record's place is its own, whatever stands around it`() throws {
    let record = Self.record("compacted", "{}")
    let seen = try read("\u{FEFF}\(record)\r\n\n\0\0\(record) \(record)\0\n")
    let length = record.utf8.count
    #expect(seen.visited.map(\.location.offset) == [3, length + 8, 2 * length + 9])
    #expect(seen.visited.allSatisfy { Int($0.location.length) >= length })
    #expect(seen.damage.map(\.offset) == [length + 6], "NULs around records are told")
    #expect(seen.damage.allSatisfy { !$0.costsRecord })
  }

  @Test func `a torn record is skipped, and the next on its line is found`() throws {
    let record = Self.record("compacted", "{}")
    let seen = try read(record.dropLast(9) + record + "\n" + record)
    #expect(
      seen.visited.map(\.location.offset) == [record.utf8.count - 9, 2 * record.utf8.count - 8])
    #expect(seen.damage.map(\.offset) == [0])
  }

  @Test func `a record that is torn at the end of the file is skipped`() throws {
    let record = Self.record("response_item", #"{"type":"reasoning","summary":[]}"#)
    for end in 1..<record.utf8.count {
      for wanted in [true, false] {
        let seen = try read(String(record.prefix(end)), wanting: { _ in wanted })
        #expect(seen.visited.isEmpty && seen.passed.isEmpty && seen.damage.count == 1, "\(end)")
      }
    }
  }

  // MARK: Wishes

  @Test func `what is not wanted is passed by`() throws {
    let lines = [
      Self.record("compacted", "{}"), Self.record("response_item", #"{"type":"reasoning"}"#),
      Self.record("event_msg", #"{"type":"token_count"}"#),
    ]
    let seen = try read(lines.joined(separator: "\n"), wanting: { $0 == .compacted })
    #expect(seen.visited.map(\.kind) == [.compacted])
    #expect(seen.passed == [.responseItem(.reasoning), .event(.tokenCount)])
  }

  @Test(arguments: [LineReader.bufferSize - 100, LineReader.bufferSize, 3_000_000])
  func `a huge record is passed by too, and read if it is wanted`(_ length: Int) throws {
    let text = String(repeating: "é", count: length / 2)
    let huge = Self.record("response_item", #"{"type":"reasoning","text":"\#(text)"}"#)
    let lines = [Self.record("compacted", "{}"), huge, Self.record("compacted", "{}")]
      .joined(separator: "\n")
    let passed = try read(lines, wanting: { $0 == .compacted })
    #expect(passed.visited.map(\.kind) == [.compacted, .compacted])
    #expect(passed.passed == [.responseItem(.reasoning)])
    let wanted = try read(lines)
    #expect(wanted.visited.map(\.kind) == [.compacted, .responseItem(.reasoning), .compacted])
    #expect(Int(wanted.visited[1].location.length) == huge.utf8.count)
  }

  @Test func `nesting beyond the limit is damage, just below it is not`() throws {
    func nested(_ depth: Int) -> String {
      Self.record(
        "compacted",
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
    }
    #expect(try read(nested(511)).visited.count == 1)
    #expect(try read(nested(512)).damage.count == 1)
  }

  // MARK: Reading again

  @Test func `a window finds records again, in any order and of any length`() throws {
    let texts = (0..<40).map { number in
      Self.record("compacted", "\"\(String(repeating: "x", count: number * 9_000))\"")
    }
    let path = try folder.write(texts.joined(separator: "\n"), to: "rollout")
    let file = try File(path, for: .reading)
    var visitor = Visitor()
    try RecordReader().read(file, in: 0..<Int.max, &visitor)
    let window = RecordWindow([file])
    for (number, seen) in Array(visitor.visited.enumerated()).shuffled() {
      let record = try window.record(at: seen.location)
      #expect(record.payload.text.count == number * 9_000)
    }
  }

  @Test(arguments: [1, 100]) func `a record is gone where its file was cut`(offset: Int) throws {
    let path = try folder.write("{}", to: "rollout")
    let window = RecordWindow([try File(path, for: .reading)])
    #expect(throws: SystemError.gone(path)) {
      try window.record(at: RecordLocation(offset: offset, length: 9, file: 0))
    }
  }

  @Test(arguments: [(1, 0), (40, 20), (5000, 2500), (5000, 4998), (70_000, 69_000)])
  func `a record is gone where another one of its length stands`(
    _ length: Int, _ place: Int
  ) throws {
    let text = String(repeating: "x", count: length)
    let path = try folder.write(Self.record("compacted", "\"\(text)\""), to: "rollout")
    var visitor = Visitor()
    try RecordReader().read(File(path, for: .reading), in: 0..<Int.max, &visitor)
    let location = try #require(visitor.visited.first?.location)
    #expect(throws: Never.self) {
      try RecordWindow([File(path, for: .reading)]).record(at: location)
    }
    let other = text.prefix(place) + String(repeating: "y", count: length - place)
    try folder.write(Self.record("compacted", "\"\(other)\""), to: "rollout")
    #expect(throws: SystemError.gone(path)) {
      try RecordWindow([File(path, for: .reading)]).record(at: location)
    }
  }

  @Test(arguments: [
    (#""2026-01-05T10:00:00.250Z""#, 1_767_607_200_250 as Int64?),
    ("1767607200.25", 1_767_607_200_250),
    ("1767607200250", 1_767_607_200_250), ("0", 0), ("\"yesterday\"", nil), ("null", nil),
    ("[]", nil),
    ("1e300", nil),
  ])
  func `times are texts, or numbers of seconds or milliseconds`(_ time: String, _ ms: Int64?) throws
  {
    let path = try folder.write(Self.record("compacted", "{}", time: time), to: "rollout")
    let file = try File(path, for: .reading)
    let location = RecordLocation(offset: 0, length: try file.status().size, file: 0)
    #expect(try RecordWindow.time(of: location, in: [file]) == ms)
    #expect(try TailReader.lastTimestamp(of: file) == ms)
  }

  private func read(
    _ text: String, wanting: @escaping (RecordKind) -> Bool = { _ in true }
  ) throws -> Visitor {
    let file = try File(try folder.write(text, to: "rollout"), for: .reading)
    var visitor = Visitor(isWanted: wanting)
    try RecordReader().read(file, in: 0..<Int.max, &visitor)
    return visitor
  }
}

private struct Visitor: RecordVisitor {
  var isWanted: (RecordKind) -> Bool = { _ in true }
  var visited: [(kind: RecordKind, location: RecordLocation)] = []
  var passed: [RecordKind] = []
  var damage: [Damage] = []

  func wants(_ kind: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool { isWanted(kind) }

  mutating func visit(_ record: Record) { visited.append((record.kind, record.location)) }

  mutating func visitUnwanted(_ kind: RecordKind, at location: RecordLocation) {
    passed.append(kind)
  }

  mutating func skip(_ damage: Damage) { self.damage.append(damage) }
}

extension String {
  fileprivate var utf8Bytes: [UInt8] { Array(utf8) }
}
