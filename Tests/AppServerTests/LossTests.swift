import Foundation
import JSON
import JSONRPC
import Library
import Platform
import Synchronization
import TestSupport
import Testing

@testable import AppServer

/// What clients are told of threads that have lost something.
@Suite struct LossTests {
  private let home: StoredHome
  private let logged: Lines
  private static let a = StoredHome.id(1)

  private final class Lines: Sendable {
    let lines = Mutex<[String]>([])
  }

  init() throws {
    let logged = Lines()
    self.logged = logged
    home = try StoredHome(
      log: Log(.warn, write: { [logged] line in logged.lines.withLock { $0.append(line) } }))
    try home.store(1, [began("t1"), said("one"), ended("t1")])
  }

  private var path: String { home.folder("home/\(StoredHome.path(1))") }

  private func damage(_ text: String) throws {
    let before = try home.folder.text(of: "home/\(StoredHome.path(1))")
    try home.folder.write(before + text, to: "home/\(StoredHome.path(1))")
  }

  @Test(arguments: [
    ("thread/resume", ""), ("thread/fork", ""), ("thread/read", ""),
    ("thread/read", #","includeTurns":true"#), ("thread/turns/list", ""),
    ("thread/items/list", ""), ("thread/items/read", #","turnId":"t1","itemIds":["x"]"#),
    ("thread/searchOccurrences", #","searchTerm":"one""#),
    ("thread/metadata/update", #","gitInfo":{"branch":"b"}"#),
    ("getConversationSummary", #","conversationId":"\#(a)""#),
  ])
  func `records that were passed over are told before the answer, and once`(
    _ method: String, _ more: String
  ) throws {
    let size = try home.folder.text(of: "home/\(StoredHome.path(1))").utf8.count
    try damage("torn\n\n[]\n")
    let said = home.say(method, #"{"threadId":"\#(Self.a)"\#(more)}"#)
    let message =
      "2 records could not be used and were passed over, the first at byte \(size) of \(path)"
    #expect(
      said.first == """
        {"method":"warning","params":{"message":"\(message)","threadId":"\(Self.a)"},\
        "emittedAtMs":1767614400000}
        """)
    #expect(said.count { $0.contains("\"warning\"") } == 1)
    #expect(said.contains { $0.contains("\"id\":1,\"result\"") })
    #expect(warnings(home.say(method, #"{"threadId":"\#(Self.a)"\#(more)}"#)) == [])
    #expect(warnings(home.say("thread/read", #"{"threadId":"\#(Self.a)"}"#)) == [])
    #expect(logged.lines.withLock { $0.contains { $0.contains("at byte \(size): ") } })
  }

  @Test func `one record is told in words for one, another thread for itself, and a whole one not`()
    throws
  {
    try damage("torn")
    try home.store(2, [said("two")])
    try home.store(3, [said("three"), #"{"type":"error""#])
    let told = [1, 2, 3].map {
      warnings(home.say("thread/read", #"{"threadId":"\#(StoredHome.id($0))"}"#))
    }
    #expect(told.map(\.count) == [1, 0, 1])
    #expect(told[0].first?.hasPrefix("1 record could not be used and was passed over, at") == true)
  }

  @Test func `who opted out hears nothing`() throws {
    let home = try StoredHome(optingOutOf: "warning")
    try home.store(1, [said("one"), "{"])
    #expect(home.say("thread/read", #"{"threadId":"\#(Self.a)"}"#).count == 1)
  }

  @Test func `of a long thread whose end was read it is told at least how many`() throws {
    try damage("torn\n")
    let long = String(repeating: "x", count: 5 << 20)
    try home.append(1, [began("t2"), said("two"), answered(long), began("t3"), said("three")])
    let told = warnings(home.say("thread/turns/list", #"{"threadId":"\#(Self.a)","limit":1}"#))
    #expect(told.count <= 1)
    let all =
      told + warnings(home.say("thread/read", #"{"threadId":"\#(Self.a)","includeTurns":true}"#))
    #expect(all.count == 1)
  }

  /// Methods that open a thread, with more members of their params.
  static let opening = [
    ("thread/resume", ""), ("thread/fork", ""), ("thread/read", #","includeTurns":true"#),
    ("thread/turns/list", ""),
  ]

  @Test(arguments: opening)
  func `two files of one thread are told, with both paths, and once`(
    _ method: String, _ more: String
  ) throws {
    let other = path.replacing("/03/01/", with: "/03/02/").replacing(".jsonl", with: " (1).jsonl")
    try FileManager.default.createDirectory(
      atPath: other.replacing(/\/rollout.*/, with: ""), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: path, toPath: other)
    let message = "two files hold the thread, \(path) is shown and \(other) is not"
    let params = #"{"threadId":"\#(Self.a)"\#(more)}"#
    #expect(warnings(home.say(method, params)).contains(message))
    #expect(warnings(home.say("thread/read", #"{"threadId":"\#(Self.a)"}"#)) == [])
    #expect(logged.lines.withLock { $0.contains { $0.contains(message) } })
  }

  @Test func `two names of one file are not told`() throws {
    try FileManager.default.linkItem(
      atPath: path, toPath: path.replacing(".jsonl", with: " (1).jsonl"))
    #expect(warnings(home.say("thread/read", #"{"threadId":"\#(Self.a)"}"#)) == [])
  }

  @Test(arguments: opening)
  func `NULs beside a record are told, and cost no record`(
    _ method: String, _ more: String
  ) throws {
    let size = try home.folder.text(of: "home/\(StoredHome.path(1))").utf8.count
    try damage("\0\0\0" + StoredHome.line("2026-03-01", "event_msg", said("two")))
    let told = warnings(home.say(method, #"{"threadId":"\#(Self.a)"\#(more)}"#))
    #expect(
      told.first
        == "there are NULs beside records, where others may have been lost, first at byte \(size) of "
        + path)
    #expect(told.count == 1)
    #expect(warnings(home.say("thread/read", #"{"threadId":"\#(Self.a)"}"#)) == [])
  }

  @Test func `NULs in place of a record are told as a record`() throws {
    try damage("\0\0\0\n")
    let told = warnings(home.say("thread/read", #"{"threadId":"\#(Self.a)"}"#))
    #expect(told.count == 1 && told[0].hasPrefix("1 record could not be used"))
  }

  @Test(arguments: [[0, 1, 1, 2], [0, 2, 1], [5, 5]], opening)
  func `ordinals that are doubled are told`(
    _ ordinals: [Int], _ method: (String, String)
  ) throws {
    try home.store(2, [said("one")], more: #","history_mode":"paginated""#)
    let name = "home/\(StoredHome.path(2))"
    let line = StoredHome.line("2026-03-02", "event_msg", began("t"))
    let lines = ordinals.map {
      line.replacing(#","type":"event_msg""#, with: #","ordinal":\#($0),"type":"event_msg""#)
    }
    let text = try home.folder.text(of: name)
    try home.folder.write(text + lines.joined(), to: name)
    let first = try #require(
      ordinals.indices.dropFirst().first { ordinals[$0] <= ordinals[$0 - 1] })
    let offset = lines[..<first].reduce(text.utf8.count) { $0 + $1.utf8.count }
    let told = warnings(home.say(method.0, #"{"threadId":"\#(StoredHome.id(2))"\#(method.1)}"#))
    #expect(
      told.first
        == "ordinals are doubled or not ascending, the order of the file counts, first at byte "
        + "\(offset) of \(home.folder(name))")
  }

  @Test func `an index of names that cannot be read is told once`() throws {
    try home.folder.write("", to: "home/session_index.jsonl/inside")
    let message =
      "names of threads may be missing, because their index cannot be read: failed to open "
      + home.folder("home/session_index.jsonl") + ": Is a directory"
    let said = home.say("thread/list", "{}")
    #expect(warnings(said) == [message])
    #expect(said.first?.contains(#""threadId":null"#) == true)
    #expect(said.last?.contains(Self.a) == true)
    #expect(warnings(home.say("thread/read", #"{"threadId":"\#(Self.a)"}"#)) == [])
    #expect(logged.lines.withLock { $0.count { $0.contains(message) } } == 1)
  }

  @Test func `names that can be read no further are those before, and are read again`() throws {
    let disk = FailingDisk(home.folder.path)
    let index = try home.folder.write(
      #"{"id":"\#(Self.a)","thread_name":"called"}"# + "\n", to: "home/session_index.jsonl")
    disk.fail(index, 5)
    #expect(warnings(home.say("thread/read", #"{"threadId":"\#(Self.a)"}"#)).count == 1)
    disk.recover()
    let said = home.say("thread/read", #"{"threadId":"\#(Self.a)"}"#)
    #expect(said.last?.contains(#""name":"called""#) == true && warnings(said) == [])
  }

  @Test func `a base that is not there is told`() throws {
    try change(
      #""cwd":"/w""#, to: #""cwd":"/w","history_base":{"thread_id":"\#(StoredHome.id(9))"}"#)
    let told = warnings(home.say("thread/resume", #"{"threadId":"\#(Self.a)"}"#))
    #expect(
      told == [
        "a part of the thread's history is missing: the base \(StoredHome.id(9)) is not there"
      ])
  }

  @Test(arguments: ["", "torn\n", "\0\0\0\n", "[]\n"])
  func `a newest segment that holds nothing is told, and what was before it is shown`(
    _ content: String
  ) throws {
    let segment = path.replacing("T08", with: "T09").replacing(
      ".jsonl", with: "_\(StoredHome.id(7)).jsonl")
    try Data(content.utf8).write(to: URL(filePath: segment))
    let message =
      "the newest file of the thread holds nothing that can be used, the thread is shown as it was "
      + "before: \(segment)"
    let said = home.say("thread/turns/list", #"{"threadId":"\#(Self.a)"}"#)
    #expect(warnings(said) == [message])
    #expect(said.last?.contains("\"t1\"") == true)
    #expect(warnings(home.say("thread/resume", #"{"threadId":"","path":"\#(path)"}"#)) == [])
    let rows = home.say("thread/list", #"{"modelProviders":[]}"#).last ?? ""
    #expect(rows.matches(of: /"preview"/).count == 1)
  }

  @Test func `an older segment that holds nothing does not matter`() throws {
    let base = try home.folder.text(of: "home/\(StoredHome.path(1))")
    let cut = #","history_base":{"thread_id":"\#(Self.a)","end_byte_offset":\#(base.utf8.count)}"#
    for (hour, content) in [
      ("T09", ""), ("T10", base.replacing(#","cwd""#, with: cut + #","cwd""#)),
    ] {
      let segment = path.replacing("T08", with: hour).replacing(
        ".jsonl", with: "_\(StoredHome.id(7)).jsonl")
      try Data(content.utf8).write(to: URL(filePath: segment))
    }
    #expect(warnings(home.say("thread/read", #"{"threadId":"\#(Self.a)"}"#)) == [])
  }

  @Test(arguments: ["sessions/2026/03/01/", "archived_sessions/"])
  func `a thread that cannot be unpacked is listed by its name, and its loss told`(
    _ folder: String
  ) throws {
    try FileManager.default.removeItem(atPath: path)
    let name = try #require(StoredHome.path(1).split(separator: "/").last)
    try home.folder.write("no zstd\n", to: "home/\(folder)\(name).zst")
    try home.folder.write(
      #"{"id":"\#(Self.a)","thread_name":"called"}"# + "\n", to: "home/session_index.jsonl")
    let params = #"{"archived":\#(folder.hasPrefix("arch"))}"#
    let said = home.say("thread/list", params)
    #expect(said.count == 2)
    #expect(
      warnings(said).first?.hasPrefix("the thread cannot be read: failed to decompress") == true)
    let row = try #require(said.last)
    #expect(row.contains(#""data":[{"id":"\#(Self.a)""#))
    #expect(row.contains(#""preview":"","#) && row.contains(#""name":"called""#))
    let time = try #require(row.firstMatch(of: /"createdAt":([0-9]+)/)?.output.1)
    let name2 = DateFormatter()
    name2.dateFormat = "yyyy-MM-dd'T'HH-mm-ss"
    #expect(
      name2.string(from: Date(timeIntervalSince1970: Double(time) ?? 0)) == "2026-03-01T08-00-00")
    #expect(warnings(home.say("thread/list", params)) == [])
    #expect(
      home.say("thread/read", #"{"threadId":"\#(Self.a)"}"#).last?.contains("decompress") == true)
    #expect(logged.lines.withLock { $0.count { $0.contains("failed to decompress") } } == 1)
    #expect(
      home.say("thread/list", #"{"sortKey":"updated_at","archived":\#(folder.hasPrefix("arch"))}"#)
        .last?.contains(Self.a) == true)
    let found = home.say(
      "thread/search", #"{"searchTerm":"CALL","archived":\#(folder.hasPrefix("arch"))}"#)
    #expect(found.last?.contains(Self.a) == true)
  }

  @Test func `a search tells which threads it could not read`() throws {
    try FileManager.default.moveItem(atPath: path, toPath: path + ".zst")
    let said = home.say("thread/search", #"{"searchTerm":"found nowhere"}"#)
    #expect(
      warnings(said).first?.hasPrefix("the thread cannot be read: failed to decompress") == true)
    #expect(said.last?.contains(#""data":[]"#) == true)
    #expect(warnings(home.say("thread/search", #"{"searchTerm":"found nowhere"}"#)) == [])
  }

  @Test func `a thread that cannot be unpacked stays in the archive`() throws {
    try FileManager.default.moveItem(atPath: path, toPath: path + ".zst")
    _ = home.say("thread/archive", #"{"threadId":"\#(Self.a)"}"#)
    let names = home.folder.names
    let said = home.say("thread/unarchive", #"{"threadId":"\#(Self.a)"}"#)
    #expect(said.last?.contains("failed to decompress") == true)
    #expect(home.folder.names == names)
  }

  @Test func `a thread that cannot be unpacked is archived and deleted as any other`() throws {
    try FileManager.default.moveItem(atPath: path, toPath: path + ".zst")
    #expect(home.say("thread/archive", #"{"threadId":"\#(Self.a)"}"#).first?.contains("{}") == true)
    #expect(home.folder.names.contains { $0.hasPrefix("home/archived_sessions/rollout-") })
    #expect(home.say("thread/delete", #"{"threadId":"\#(Self.a)"}"#).first?.contains("{}") == true)
    #expect(!home.folder.names.contains { $0.contains("rollout-") })
  }

  @Test func `what goes wrong while an answer is on its way is told right behind it`() throws {
    let server = try TestServer(methods: MethodTable([Initialize.self, EndsEarly.self]))
    server.initialize()
    for id in 1...2 { server.receive(#"{"id":\#(id),"method":"endsEarly"}"#) }
    let warning =
      #"{"method":"warning","params":{"message":"the answer is not whole, 1 item is missing: "#
      + #"failed to read /f: gone","threadId":"\#(Self.a)"},"emittedAtMs":1767614400000}"#
    #expect(
      server.takeSent() == [
        #"{"id":1,"result":"half"}"#, warning, #"{"id":2,"result":"half"}"#, warning,
      ])
  }

  @Test func `a segment that cannot be unpacked is no thread of its own`() throws {
    let segment = path.replacing("T08", with: "T09").replacing(
      ".jsonl", with: "_\(StoredHome.id(7)).jsonl.zst")
    try Data("no zstd\n".utf8).write(to: URL(filePath: segment))
    let rows = home.say("thread/list", "{}").last ?? ""
    #expect(rows.matches(of: /"preview"/).count == 1 && rows.contains(Self.a))
    #expect(warnings(home.say("thread/read", #"{"threadId":"\#(Self.a)"}"#)).count == 1)
  }

  @Test func `a thread whose base cannot be unpacked is listed by its header`() throws {
    try change(
      #""cwd":"/w""#, to: #""cwd":"/w","history_base":{"thread_id":"\#(StoredHome.id(9))"}"#)
    try home.folder.write("no zstd\n", to: "home/\(StoredHome.path(9)).zst")
    let said = home.say("thread/list", #"{"cwd":"/w"}"#)
    #expect(said.last?.contains(Self.a) == true)
    #expect(warnings(said).count == 1)
  }
}

extension LossTests {
  private func warnings(_ said: [String]) -> [String] {
    said.compactMap { line in
      line.firstMatch(of: /{"method":"warning","params":{"message":"([^"]*)"/)
        .map { String($0.output.1) }
    }
  }

  private func change(_ text: String, to other: String) throws {
    let path = "home/\(StoredHome.path(1))"
    try home.folder.write(try home.folder.text(of: path).replacing(text, with: other), to: path)
  }
}

/// Cannot read all that it is to answer with.
private enum EndsEarly: Method {
  static let name = "endsEarly"

  static func touches(_ params: NoParams) -> Touches { .nothing }

  static func respond(
    to params: NoParams, _ context: RequestContext
  ) throws -> Reply<String> {
    .stream(try Platform.UUID(threadID: StoredHome.id(1))) { stream in
      stream.json.string("half")
      return MissingItems(SystemError(operation: "read", path: "/f", reason: "gone"))
    }
  }
}
