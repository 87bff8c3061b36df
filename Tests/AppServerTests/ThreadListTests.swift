import Foundation
import TestSupport
import Testing

@testable import AppServer

/// Lists of threads in homes that change under the server.
@Suite struct ThreadListTests {
  private let folder: TemporaryFolder
  private let server: TestServer

  init() throws {
    folder = try TemporaryFolder()
    var host = TestServer.host
    host.home = folder.path
    server = try TestServer(host: host)
    server.initialize()
  }

  @Test(arguments: [1, 2, 3, 7], ["created_at", "updated_at"])
  func `every thread comes once in pages of any size, equal times or not`(
    _ limit: Int, _ key: String
  ) throws {
    for number in 1...7 { try write(number, day: 1 + number / 3, createdAt: "08:00:00") }
    #expect(try walk(limit, key, "desc") == [7, 6, 5, 4, 3, 2, 1])
    #expect(try walk(limit, key, "asc") == [1, 2, 3, 4, 5, 6, 7])
  }

  @Test func `what goes or comes between two pages moves nothing else`() throws {
    for number in 1...5 { try write(number, day: number) }
    let first = try page(limit: 2)
    #expect(first.numbers == [5, 4])
    try FileManager.default.removeItem(atPath: folder(path(4, day: 4)))
    try write(9, day: 9)
    #expect(try page(limit: 2, cursor: first.next).numbers == [3, 2])
    #expect(try page(limit: 9).numbers == [9, 5, 3, 2, 1])
  }

  @Test(arguments: [("desc", [5, 4], [3, 2], [1]), ("asc", [1, 2], [3, 4], [5])])
  func `a thread that goes on between two pages comes once`(
    _ direction: String, _ first: [Int], _ second: [Int], _ third: [Int]
  ) throws {
    for number in 1...5 { try write(number, day: number) }
    let page1 = try page(limit: 2, key: "updated_at", direction: direction)
    #expect(page1.numbers == first)
    for number in [first[0], second[1]] {
      let end = line("event_msg", #"{"type":"agent_message","message":"more"}"#, day: 9)
      let whole = try folder.text(of: path(number, day: number)) + end
      try folder.write(whole, to: path(number, day: number))
    }
    Thread.sleep(forTimeInterval: 1.1)  // A change may show a second late.
    let latest = try page(key: "updated_at", direction: direction)
    #expect(Set(latest.updates.filter { $0 == "2026-01-09" }).count == 1)
    let page2 = try page(limit: 2, key: "updated_at", direction: direction, cursor: page1.next)
    #expect(page2.numbers == second)
    #expect(page2.updates.last == "2026-01-09", "what is shown is what is there now")
    let page3 = try page(limit: 2, key: "updated_at", direction: direction, cursor: page2.next)
    #expect(page3.numbers == third)
    #expect(page3.next == nil)
  }

  @Test(arguments: ["desc", "asc"])
  func `a thread that goes on in another file between two pages comes once`(
    _ direction: String
  ) throws {
    for number in 1...5 { try write(number, day: number) }
    let page1 = try page(limit: 2, key: "updated_at", direction: direction)
    let more = line("event_msg", #"{"type":"agent_message","message":"more"}"#, day: 9)
    for number in 1...5 {
      let whole = try folder.text(of: path(number, day: number)) + more
      try FileManager.default.removeItem(atPath: folder(path(number, day: number)))
      try folder.write(whole, to: path(number, day: number, suffix: " (1)"))
    }
    let page2 = try page(limit: 9, key: "updated_at", direction: direction, cursor: page1.next)
    #expect(
      page1.numbers + page2.numbers == (direction == "desc" ? [5, 4, 3, 2, 1] : [1, 2, 3, 4, 5]))
  }

  @Test func `a thread that appears between two pages stays where it first was`() throws {
    for number in [1, 2, 5] { try write(number, day: number) }
    let page1 = try page(limit: 1, key: "updated_at", direction: "asc")
    try write(3, day: 3)
    let page2 = try page(limit: 2, key: "updated_at", direction: "asc", cursor: page1.next)
    #expect(page2.numbers == [2, 3])
    let more = line("event_msg", #"{"type":"agent_message","message":"more"}"#, day: 9)
    try folder.write(folder.text(of: path(3, day: 3)) + more, to: path(3, day: 3))
    Thread.sleep(forTimeInterval: 1.1)  // A change may show a second late.
    let page3 = try page(limit: 9, key: "updated_at", direction: "asc", cursor: page2.next)
    #expect(page3.numbers == [5])
    #expect(try page(key: "updated_at").numbers == [3, 5, 2, 1])
  }

  @Test func `a cursor of an earlier process goes on by what is known now`() throws {
    for number in 1...3 { try write(number, day: number) }
    let end = "2026-01-02T08:00:00.000Z|\(id(2))"
    for cursor in ["\(end)|@1000000000000", "\(end)|@\(Int64.max)", end, "2026-01-02T08:00:00Z"] {
      #expect(try page(key: "updated_at", cursor: cursor).numbers == [1], "\(cursor)")
    }
  }

  @Test func `a cursor turns around at the page's first row`() throws {
    for number in 1...5 { try write(number, day: number) }
    let second = try page(limit: 2, cursor: try page(limit: 2).next)
    #expect(second.numbers == [3, 2])
    #expect(try page(limit: 9, direction: "asc", cursor: second.back).numbers == [3, 4, 5])
    #expect(try page(limit: 9, archived: true).back == nil)
  }

  @Test func `copies and segments are one row with the files that count`() throws {
    try write(1, day: 1)
    let original = try folder.text(of: path(1, day: 1))
    try folder.write(original, to: path(1, day: 1, suffix: " (1)"))
    try folder.write(original, to: "archived_sessions/" + name(1, day: 1))
    #expect(try page().numbers == [1])
    #expect(try page(archived: true).numbers == [])
    try folder.write(segment(of: 1, after: original, day: 20), to: path(1, day: 20, segment: 8))
    try write(2, day: 10)
    let found = try page()
    #expect(found.numbers == [2, 1])
    #expect(found.previews == ["ask 2", "ask 1"])
    #expect(found.paths.last?.hasSuffix("_\(id(8)).jsonl") == true)
  }

  @Test func `a segment whose base goes is shown as what is left`() throws {
    try write(1, day: 1)
    try write(2, day: 10)
    let base = try folder.text(of: path(1, day: 1))
    let rest = segment(of: 1, after: base, day: 20) + ask(3, day: 20)
    try folder.write(rest, to: path(1, day: 20, segment: 8))
    #expect(try page().numbers == [2, 1])
    #expect(try page().previews == ["ask 2", "ask 1"])
    try FileManager.default.removeItem(atPath: folder(path(1, day: 1)))
    Thread.sleep(forTimeInterval: 1.1)  // A change may show a second late.
    #expect(try page().numbers == [1, 2])
    #expect(try page().previews == ["ask 3", "ask 2"])
  }

  @Test
  func `a file with another thread in it is that thread, unless one of its own name is there`()
    throws
  {
    try write(1, day: 1)
    let original = try folder.text(of: path(1, day: 1))
    try folder.write(original, to: path(5, day: 5))
    #expect(try page().numbers == [1])
    try FileManager.default.removeItem(atPath: folder(path(1, day: 1)))
    let found = try page()
    #expect(found.numbers == [1])
    #expect(found.paths.first?.hasSuffix(name(5, day: 5)) == true)
  }

  @Test(arguments: [1, 9], ["created_at", "updated_at"])
  func `files of one thread are one row even if none is named after it`(
    _ limit: Int, _ key: String
  ) throws {
    let more = line("event_msg", #"{"type":"agent_message","message":"more"}"#, day: 7)
    for (name, day, end) in [(5, 5, ""), (6, 6, more), (7, 3, "")] {
      try folder.write(meta(1, day: 3) + ask(1, day: 3) + end, to: path(name, day: day))
    }
    try write(2, day: 2)
    try write(4, day: 4)
    #expect(try walk(limit, key, "desc") == [1, 4, 2])
    #expect(try page().paths.contains(folder(path(6, day: 6))), "what was written to last")
    try FileManager.default.removeItem(atPath: folder(path(6, day: 6)))
    #expect(try walk(limit, key, "asc") == [2, 1, 4])
  }

  @Test func `settings and token counts make no thread younger, nor does a later file time`() throws
  {
    let count = #"{"timestamp":"2026-12-01T00:00:00.000Z","type":"event_msg","#
    try write(1, day: 1, more: count + #""payload":{"type":"token_count","info":null}}"# + "\n")
    try write(2, day: 2)
    #expect(try page(key: "updated_at").numbers == [2, 1])
    #expect(try page(key: "updated_at").updates == ["2026-01-02", "2026-01-01"])
  }

  @Test
  func `a message behind megabytes of context is found, and the last change behind more`()
    throws
  {
    let filler = line(
      "response_item",
      #"{"type":"reasoning","summary":[],"encrypted_content":"#
        + "\"\(String(repeating: "x", count: 3 << 20))\"}", day: 1)
    let lines = meta(1, day: 1) + filler + ask(1, day: 1) + filler + filler
    let end = line("event_msg", #"{"type":"agent_message","message":"done"}"#, day: 3)
    try folder.write(lines + end, to: path(1, day: 1))
    let found = try page(key: "updated_at")
    #expect(found.previews == ["ask 1"])
    #expect(found.updates == ["2026-01-03"])
  }

  @Test func `threads without a person's message, empty files and folders of other names stay out`()
    throws
  {
    try folder.write(meta(1, day: 1), to: path(1, day: 1))
    try folder.write("", to: path(2, day: 1))
    try folder.write(meta(3, day: 1) + ask(3, day: 1), to: "sessions/drafts/" + name(3, day: 1))
    #expect(try page().numbers == [])
  }

  @Test func `programs that people talk in are listed beside terminal and editor`() throws {
    let sources = [
      #""cli""#, #"{"custom":"atlas"}"#, #"{"custom":"chatgpt"}"#, #"{"custom":"other"}"#,
      #"{"custom":"Atlas"}"#, #""exec""#, #"{"subagent":"review"}"#,
    ]
    for (index, source) in sources.enumerated() {
      let header = meta(index + 1, day: index + 1).replacing(
        #""source":"cli""#, with: #""source":"# + source)
      try folder.write(header + ask(index + 1, day: index + 1), to: path(index + 1, day: index + 1))
    }
    #expect(try page().numbers == [3, 2, 1])
    #expect(try page(more: #","sourceKinds":[]"#).numbers == [3, 2, 1])
    #expect(try page(more: #","sourceKinds":["cli"]"#).numbers == [1])
    #expect(try page(more: #","sourceKinds":["vscode","unknown"]"#).numbers == [])
  }

  @Test
  func `a thread that names no provider counts as the configured one's, also by an empty name`()
    throws
  {
    for (number, more) in [(1, ""), (2, #","model_provider":"""#), (3, #","model_provider":"x""#)] {
      try folder.write(
        meta(number, day: number, more) + ask(number, day: number), to: path(number, day: number))
    }
    #expect(try page().numbers == [2, 1])
    #expect(try page(more: #","modelProviders":["x"]"#).numbers == [3])
    #expect(try page(more: #","modelProviders":[]"#).numbers == [3, 2, 1])
  }

  @Test(arguments: ["created_at", "updated_at"])
  func `a list that is cancelled gets one answer, and the next one is whole`(_ key: String) throws {
    for number in 1...9 { try write(number, day: number) }
    server.receive(#"{"id":7,"method":"thread/list","params":{"sortKey":"\#(key)"}}"#)
    server.receive(#"{"method":"$/cancelRequest","params":{"id":7}}"#)
    server.answerAll()
    while server.pendingWork > 0 { server.doWork() }
    #expect(server.takeSent().count { $0.contains("\"id\":7") } == 1)
    #expect(try page(key: key).numbers.count == 9)
  }
}

// Homes.
extension ThreadListTests {
  private func id(_ number: Int) -> String { "019c1000-0000-7000-8000-00000000000\(number)" }

  private func name(_ number: Int, day: Int, segment: Int? = nil, suffix: String = "") -> String {
    let segment = segment.map { "_" + id($0) } ?? ""
    return "rollout-2026-01-\(twoDigits(day))T08-00-00-\(id(number))\(segment)\(suffix).jsonl"
  }

  private func path(_ number: Int, day: Int, segment: Int? = nil, suffix: String = "") -> String {
    "sessions/2026/01/\(twoDigits(day))/"
      + name(number, day: day, segment: segment, suffix: suffix)
  }

  private func twoDigits(_ day: Int) -> String { day < 10 ? "0\(day)" : "\(day)" }

  private func line(_ type: String, _ payload: String, day: Int, time: String = "08:00:00")
    -> String
  {
    #"{"timestamp":"2026-01-\#(twoDigits(day))T\#(time).000Z","type":"\#(type)","#
      + #""payload":\#(payload)}"# + "\n"
  }

  private func meta(_ number: Int, day: Int, _ more: String = "", time: String = "08:00:00")
    -> String
  {
    line(
      "session_meta",
      #"{"id":"\#(id(number))","timestamp":"2026-01-\#(twoDigits(day))T\#(time).000Z","#
        + #""cwd":"/w","cli_version":"0.98.0","source":"cli"\#(more)}"#, day: day)
  }

  private func ask(_ number: Int, day: Int) -> String {
    line("event_msg", #"{"type":"user_message","message":"ask \#(number)"}"#, day: day)
  }

  private func write(
    _ number: Int, day: Int, createdAt time: String = "08:00:00", more: String = ""
  ) throws {
    try folder.write(
      meta(number, day: day, time: time) + ask(number, day: day) + more,
      to: path(number, day: day))
  }

  private func segment(of number: Int, after base: String, day: Int) -> String {
    let historyBase =
      #","history_base":{"thread_id":"\#(id(number))","end_ordinal_exclusive":2,"#
      + #""end_byte_offset":\#(base.utf8.count)}"#
    return meta(number, day: day, historyBase)
  }
}

// Lists.
extension ThreadListTests {
  private struct Rows {
    var numbers: [Int] = []
    var previews: [String] = []
    var paths: [String] = []
    /// The days.
    var updates: [String] = []
    var next: String?
    var back: String?
  }

  private func walk(_ limit: Int, _ key: String, _ direction: String) throws -> [Int] {
    var numbers: [Int] = []
    var cursor: String?
    repeat {
      let rows = try page(limit: limit, key: key, direction: direction, cursor: cursor)
      numbers += rows.numbers
      cursor = rows.next
    } while cursor != nil && numbers.count < 100
    return numbers
  }

  private func page(
    limit: Int = 25, key: String = "created_at", direction: String = "desc", archived: Bool = false,
    cursor: String? = nil, more: String = ""
  ) throws -> Rows {
    let cursor = cursor.map { #","cursor":"\#($0)""# } ?? ""
    server.receive(
      #"{"id":1,"method":"thread/list","params":{"limit":\#(limit),"sortKey":"\#(key)","#
        + #""sortDirection":"\#(direction)","archived":\#(archived)\#(cursor)\#(more)}}"#)
    server.answerAll()
    let answer = try #require(server.takeSent().last)
    let parsed = try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any]
    let result = try #require(parsed?["result"] as? [String: Any])
    let threads = try #require(result["data"] as? [[String: Any]])
    var rows = Rows()
    rows.numbers = threads.compactMap { ($0["id"] as? String)?.last?.wholeNumberValue }
    rows.previews = threads.compactMap { $0["preview"] as? String }
    rows.paths = threads.compactMap { $0["path"] as? String }
    rows.updates = threads.compactMap { ($0["updatedAt"] as? Double).map(Self.day) }
    rows.next = result["nextCursor"] as? String
    rows.back = result["backwardsCursor"] as? String
    return rows
  }

  private static func day(_ seconds: Double) -> String {
    String(Date(timeIntervalSince1970: seconds).ISO8601Format().prefix(10))
  }
}
