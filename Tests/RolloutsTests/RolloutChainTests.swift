import Foundation
import JSON
import TestSupport
import Testing

@testable import Platform
@testable import Rollouts

@Suite struct RolloutChainTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static func id(_ number: Int) -> String { "019c1000-0000-7000-8000-00000000000\(number)" }

  /// Writes a file of records with these ordinals, the first of them its meta.
  @discardableResult
  private func write(
    _ number: Int, ordinals: some Sequence<Int>, base: String? = nil, hasOrdinals: Bool = true
  ) throws -> String {
    let lines = ordinals.enumerated().map { place, ordinal in
      let base = place == 0 ? base.map { #","history_base":\#($0)"# } ?? "" : ""
      let type = place == 0 ? "session_meta" : "compacted"
      let number = hasOrdinals ? #""ordinal":\#(ordinal),"# : ""
      return #"{"timestamp":"2026-01-05T10:00:00Z",\#(number)"type":"\#(type)","#
        + #""payload":{"id":"\#(Self.id(1))","message":"\#(ordinal)"\#(base)}}"# + "\n"
    }
    return try folder.write(lines.joined(), to: "\(number)")
  }

  private func base(_ number: Int, ordinal: Int?, offset: Int?) -> String {
    #"{"thread_id":"\#(Self.id(number))","end_ordinal_exclusive":\#(ordinal.map(String.init) ?? "null"),"#
      + #""end_byte_offset":\#(offset.map(String.init) ?? "null")}"#
  }

  private func chain(_ head: Int) throws -> RolloutChain {
    try RolloutChain(head: File(folder("\(head)"), for: .reading)) { id in
      folder(String(id.description.suffix(1)))
    }
  }

  /// What the records say, in the thread's order.
  private func messages(_ head: Int) throws -> [String] {
    var visitor = MessageVisitor()
    try chain(head).read(&visitor)
    return visitor.messages
  }

  /// Where the line of this place ends.
  private func end(ofLine count: Int, in file: Int) throws -> Int {
    try folder.text(of: "\(file)").split(separator: "\n").prefix(count)
      .reduce(0) { $0 + $1.utf8.count + 1 }
  }

  @Test func `the greatest ordinal counts wherever it stands in a record that is whole`() throws {
    func record(_ ordinal: Int, isLast: Bool = false) -> String {
      let number = #""ordinal":\#(ordinal)"#
      return isLast
        ? #"{"timestamp":"t","type":"compacted","payload":{"ordinal":99},\#(number)}"#
        : #"{"timestamp":"t",\#(number),"type":"compacted","payload":{"ordinal":99}}"#
    }
    let lines = [
      record(0).replacing("compacted", with: "session_meta"), record(3), record(7, isLast: true),
      record(5) + record(8), String(record(20).dropLast(2)), "", record(6),
    ]
    let path = try folder.write(lines.joined(separator: "\n"), to: "1")
    #expect(try chain(1).nextOrdinal() == 9)
    let file = try File(path, for: .reading)
    for (end, next) in [(8, 8), (7, 7), (4, 4), (0, nil)] as [(Int64, Int64?)] {
      let link = RolloutChain.Link(file: file, end: try file.status().size, endOrdinal: end)
      #expect(try RolloutChain([link]).nextOrdinal() == next)
    }
  }

  @Test func `a file without a base stands alone`() throws {
    try write(1, ordinals: 0...2)
    #expect(try messages(1) == ["0", "1", "2"])
    #expect(try chain(1).problems.isEmpty)
  }

  @Test func `a base belongs up to the byte that is named`() throws {
    try write(1, ordinals: 0...5)
    try write(2, ordinals: 3...4, base: base(1, ordinal: 3, offset: end(ofLine: 3, in: 1)))
    #expect(try messages(2) == ["0", "1", "2", "3", "4"])
    #expect(try chain(2).links.map(\.endOrdinal) == [nil, nil])
  }

  @Test func `all of a base belongs where the offset is its size`() throws {
    try write(1, ordinals: 0...2)
    try write(2, ordinals: 3...4, base: base(1, ordinal: 3, offset: end(ofLine: 3, in: 1)))
    #expect(try messages(2) == ["0", "1", "2", "3", "4"])
  }

  @Test(arguments: [-7, -1, 1, 7, 100_000])
  func `a wrong offset is put right by the ordinal`(_ error: Int) throws {
    try write(1, ordinals: 0...5)
    try write(2, ordinals: 3...4, base: base(1, ordinal: 3, offset: end(ofLine: 3, in: 1) + error))
    #expect(try messages(2) == ["0", "1", "2", "3", "4"])
  }

  @Test func `so is one at the end of another line, and a missing one`() throws {
    try write(1, ordinals: 0...5)
    for offset in try [end(ofLine: 2, in: 1), end(ofLine: 4, in: 1), nil, 0] {
      try write(2, ordinals: 3...4, base: base(1, ordinal: 3, offset: offset))
      #expect(try messages(2) == ["0", "1", "2", "3", "4"])
    }
  }

  @Test func `without an ordinal the offset counts, if it is a line's end`() throws {
    try write(1, ordinals: 0...5)
    try write(2, ordinals: 3...4, base: base(1, ordinal: nil, offset: end(ofLine: 3, in: 1)))
    #expect(try messages(2) == ["0", "1", "2", "3", "4"])
  }

  @Test func `where nothing tells, all of a base belongs`() throws {
    try write(1, ordinals: 0...2, hasOrdinals: false)
    try write(2, ordinals: 7...8, base: base(1, ordinal: 7, offset: 5))
    #expect(try messages(2) == ["0", "1", "2", "7", "8"])
  }

  @Test func `a huge record behind the cut does not hide its ordinal`() throws {
    let text = try folder.text(of: String(try write(1, ordinals: 0...2).suffix(1)))
    let huge = String(repeating: "x", count: 400_000)
    let record = #"{"ordinal":3,"type":"compacted","payload":{"message":"\#(huge)"}}"#
    try folder.write(text + record + "\n", to: "1")
    try write(2, ordinals: 3...4, base: base(1, ordinal: 3, offset: text.utf8.count))
    #expect(try chain(2).links.map(\.end).first == text.utf8.count)
  }

  @Test func `bases have bases`() throws {
    try write(1, ordinals: 0...9)
    try write(2, ordinals: 4...9, base: base(1, ordinal: 4, offset: end(ofLine: 4, in: 1)))
    try write(3, ordinals: 6...7, base: base(2, ordinal: 6, offset: end(ofLine: 2, in: 2)))
    #expect(try messages(3) == (0...7).map(String.init))
    #expect(try chain(3).links.map(\.file.path) == ["1", "2", "3"].map { folder($0) })
  }

  @Test func `what can be had is shown where a base is missing`() throws {
    try write(2, ordinals: 3...4, base: base(1, ordinal: 3, offset: 100))
    #expect(try messages(2) == ["3", "4"])
    #expect(try chain(2).problems == ["the base \(Self.id(1)) is not there"])
  }

  @Test func `of many large files only some are open, and all are read`() throws {
    let padding = String(repeating: "x", count: 70_000)
    var end: Int?
    for number in 0..<100 {
      let base = end.map {
        #","history_base":{"thread_id":"\#(Self.longID(number - 1))","end_byte_offset":\#($0)}"#
      }
      let text =
        #"{"timestamp":"t","type":"session_meta","payload":{"id":"\#(Self.id(1))"\#(base ?? "")}}"#
        + "\n"
        + #"{"timestamp":"t","type":"compacted","payload":{"message":"\#(number)","x":"\#(padding)"}}"#
        + "\n"
      try folder.write(text, to: Self.longID(number))
      end = text.utf8.count
    }
    let chain = try RolloutChain(head: File(folder(Self.longID(99)), for: .reading)) { id in
      folder(id.description)
    }
    #expect(chain.links.count == 100)
    #expect(chain.files.filter { $0.descriptor >= 0 }.count == 33)
    var visitor = MessageVisitor()
    try chain.read(&visitor)
    #expect(visitor.messages.filter { !$0.isEmpty } == (0..<100).map(String.init))
    try FileManager.default.moveItem(atPath: folder(Self.longID(0)), toPath: folder("moved"))
    try FileManager.default.copyItem(atPath: folder("moved"), toPath: folder(Self.longID(0)))
    #expect(throws: SystemError.self, "the path leads to another file") {
      var visitor = MessageVisitor()
      try chain.read(&visitor)
    }
  }

  private static func longID(_ number: Int) -> String {
    String(format: "019c1000-0000-7000-8000-%012d", number)
  }

  @Test func `a cycle ends`() throws {
    try write(1, ordinals: 0...1, base: base(2, ordinal: 3, offset: nil))
    try write(2, ordinals: 2...3, base: base(1, ordinal: 2, offset: nil))
    #expect(try messages(2) == ["0", "1", "2", "3"])
    #expect(try chain(2).problems == ["the base \(Self.id(2)) is its own base"])
    try write(3, ordinals: 0...1, base: base(3, ordinal: 1, offset: nil))
    #expect(try messages(3) == ["0", "1"])
  }

  @Test func `a base of a wrong type is none`() throws {
    for base in ["7", "[]", "{}", #"{"thread_id":"x"}"#, "null"] {
      try write(2, ordinals: 3...4, base: base)
      #expect(try messages(2) == ["3", "4"])
    }
  }

  @Test func `records are told apart by their files`() throws {
    try write(1, ordinals: 0...1)
    try write(2, ordinals: 2...3, base: base(1, ordinal: 2, offset: nil))
    var visitor = MessageVisitor()
    let chain = try chain(2)
    try chain.read(&visitor)
    let window = RecordWindow(chain.files)
    for (message, location) in zip(visitor.messages, visitor.locations).reversed() {
      let record = try window.record(at: location)
      #expect(record.payload.string("message") == message)
    }
  }
}

private struct MessageVisitor: RecordVisitor {
  var messages: [String] = []
  var locations: [RecordLocation] = []

  func wants(_: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool { true }

  mutating func visit(_ record: Record) {
    messages.append(record.payload.string("message") ?? "")
    locations.append(record.location)
  }
}
