import Foundation
import TestSupport
import Testing

@testable import AppServer

/// Threads of thousands of files, and forks of forks of forks.
@Suite struct DeepThreadTests {
  private let folder: TemporaryFolder
  private let server: TestServer

  init() throws {
    folder = try TemporaryFolder()
    var host = TestServer.host
    host.home = folder("home")
    host.directory = folder.path
    server = try TestServer(host: host)
    server.initialize()
  }

  @Test func `a thread of 2,000 segments is listed, read and resumed with every turn`() throws {
    try store(2000, areSegments: true)
    let thread = #""threadId":"\#(id(0))""#
    let rows = ask("thread/list", #""modelProviders":[]"#)
    #expect(rows.matches(of: /"preview"/).count == 1)
    #expect(rows.contains(#""preview":"say 0""#))
    #expect(rows.contains("_\(id(1999)).jsonl"))
    let byChanges = ask("thread/list", #""modelProviders":[],"sortKey":"updated_at""#)
    #expect(byChanges.matches(of: /"preview"/).count == 1)
    let expected = (0..<2000).map { "turn-\($0)" }
    #expect(turns(ask("thread/read", thread + #","includeTurns":true"#)) == expected)
    #expect(turns(ask("thread/resume", thread)) == expected)
    #expect(turns(ask("thread/turns/list", thread + #","limit":2"#)) == ["turn-1999", "turn-1998"])
    #expect(ask("thread/archive", thread).contains(#""result":{}"#))
    #expect(turns(ask("thread/read", thread + #","includeTurns":true"#)) == expected)
    #expect(ask("thread/unarchive", thread).contains(#""preview":"say 0""#))
    #expect(ask("thread/delete", thread).contains(#""result":{}"#))
    #expect(!folder.names.contains { $0.contains("rollout-") })
  }

  @Test func `forks may stand on each other 1,000 deep`() throws {
    try store(1000, areSegments: false)
    let thread = #""threadId":"\#(id(999))""#
    let expected = (0..<1000).map { "turn-\($0)" }
    #expect(turns(ask("thread/read", thread + #","includeTurns":true"#)) == expected)
    #expect(turns(ask("thread/resume", thread)) == expected)
    #expect(ask("thread/delete", #""threadId":"\#(id(7))""#).contains(#""reason":"inUse""#))
    let rows = ask("thread/list", #""modelProviders":[],"limit":100"#)
    #expect(rows.matches(of: /"preview":"say 0"/).count == 100)
    #expect(ask("thread/fork", thread + #","excludeTurns":true"#).contains(#""preview":"say 0""#))
    #expect(ask("thread/delete", thread).contains(#""reason":"inUse""#))
  }

  @Test func `a list sees that a file in the middle is packed, moved or gone`() throws {
    try store(40, areSegments: false)
    func previews() -> [Substring] {
      // A change of this server makes the list look at all files again.
      _ = ask("thread/name/set", #""threadId":"\#(id(0))","name":"n""#)
      return ask("thread/list", #""modelProviders":[],"limit":100"#)
        .matches(of: /"preview":"([^"]*)"/).map { $0.output.1 }
    }
    let all = Array(repeating: Substring("say 0"), count: 40)
    #expect(previews() == all)
    let name = try #require(folder.names.first { $0.hasSuffix("\(id(5)).jsonl") })
    let content = try folder.text(of: name)
    try FileManager.default.removeItem(atPath: folder(name))
    try Data(ZstdFrame.storing(Array(content.utf8))).write(to: URL(filePath: folder(name + ".zst")))
    #expect(previews() == all)
    let archive = folder("home/archived_sessions/" + name.replacing(/.*\//, with: "") + ".zst")
    try FileManager.default.createDirectory(
      atPath: folder("home/archived_sessions"), withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: folder(name + ".zst"), toPath: archive)
    #expect(previews() == all.dropLast())
    try FileManager.default.removeItem(atPath: archive)
    let rest = Array(repeating: Substring("say 6"), count: 34) + all.prefix(5)
    #expect(previews().sorted() == rest.sorted())
    try folder.write(content, to: name)
    #expect(previews() == all)
  }

  @Test func `forks that stand on each other in a circle are shown and told`() throws {
    try store(300, areSegments: false, isCircle: true)
    let said = say("thread/read", #""threadId":"\#(id(299))","includeTurns":true"#)
    #expect(said.first?.contains("the base \(id(299)) is its own base") == true)
    #expect(turns(said.last ?? "").count == 300)
  }
}

extension DeepThreadTests {
  private func id(_ number: Int) -> String {
    String(format: "019dc5a0-%04x-7000-8000-%012x", number, number)
  }

  /// Stores files of one turn each, of which each stands on the one before.
  ///
  /// - Parameters:
  ///   - isCircle: Whether the first one stands on the last.
  private func store(_ count: Int, areSegments: Bool, isCircle: Bool = false) throws {
    var ordinal = 0
    var base = isCircle ? #","history_base":{"thread_id":"\#(id(count - 1))"}"# : ""
    for number in 0..<count {
      let thread = areSegments ? id(0) : id(number)
      let name = areSegments && number > 0 ? "\(id(0))_\(id(number))" : thread
      let records = [
        #""session_meta","payload":{"id":"\#(thread)","timestamp":"2026-05-07T08:00:00Z","cwd":"/w","#
          + #""history_mode":"paginated"\#(base)}"#,
        #""event_msg","payload":{"type":"task_started","turn_id":"turn-\#(number)"}"#,
        #""event_msg","payload":{"type":"item_completed","turn_id":"turn-\#(number)","item":{"#
          + #""type":"UserMessage","id":"u","content":[{"type":"text","text":"say \#(number)"}]}}"#,
        #""event_msg","payload":{"type":"task_complete","turn_id":"turn-\#(number)"}"#,
      ]
      var text = ""
      for record in records {
        text +=
          #"{"timestamp":"2026-05-07T08:00:01Z","ordinal":\#(ordinal),"type":\#(record)}"# + "\n"
        ordinal += 1
      }
      let time = String(format: "%02d-%02d-%02d", 1 + number / 3600, number / 60 % 60, number % 60)
      try folder.write(
        text, to: "home/sessions/2026/05/07/rollout-2026-05-07T\(time)-\(name).jsonl")
      base =
        #","history_base":{"thread_id":"\#(id(number))","end_ordinal_exclusive":\#(ordinal),"#
        + #""end_byte_offset":\#(text.utf8.count)}"#
    }
  }

  private func ask(_ method: String, _ params: String) -> String {
    say(method, params).first { $0.hasPrefix(#"{"id":1,"#) || $0.hasSuffix(#""id":1}"#) } ?? ""
  }

  private func say(_ method: String, _ params: String) -> [String] {
    server.receive(#"{"id":1,"method":"\#(method)","params":{\#(params)}}"#)
    server.answerAll()
    let text = server.takeSentParts().map { String(decoding: $0, as: UTF8.self) }.joined()
    return text.split(separator: "\n").map(String.init)
  }

  private func turns(_ answer: String) -> [String] {
    answer.matches(of: /"id":"(turn-[0-9]+)"/).map { String($0.output.1) }
  }
}
