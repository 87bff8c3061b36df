import Foundation
import TestSupport
import Testing

@testable import AppServer

/// What methods leave on disk that change a thread, on a copy of the fixture home.
@Suite struct WritingTests {
  let folder: TemporaryFolder
  let server: TestServer

  init() throws {
    folder = try TemporaryFolder()
    var host = TestServer.host
    host.home = try folder.copyFixtureHome(to: "home")
    server = try TestServer(host: host)
    server.initialize()
  }

  static let legacy = "019bd0c1-5a10-7c3e-9f21-6b0d4e7a1c01"
  static let legacyFile = "home/sessions/2026/02/18/rollout-2026-02-18T10-29-58-\(legacy).jsonl"
  /// Has two files: it was reverted.
  static let reverted = "019dc5a0-22bb-7c14-8a55-708192a3b4c6"
  static let item = #"{"type":"message","role":"user","content":[],"made_up":1.50}"#

  /// The answer, without what was said before and behind it.
  func ask(_ method: String, _ params: String) -> String {
    server.receive(#"{"id":1,"method":"\#(method)","params":{\#(params)}}"#)
    server.answerAll()
    return server.takeSent().first { $0.contains("\"id\":1") } ?? ""
  }

  func rollouts() -> [String] { folder.names.filter { $0.contains("rollout-") } }

  @Test func `resuming and reading leave no trace`() {
    let before = folder.names
    #expect(ask("thread/resume", #""threadId":"\#(Self.legacy)""#).contains("\"result\""))
    #expect(ask("thread/read", #""threadId":"\#(Self.legacy)""#).contains("\"result\""))
    #expect(folder.names == before)
  }

  @Test func `an injected item is one record, as it came`() throws {
    let before = try folder.text(of: Self.legacyFile)
    _ = ask("thread/resume", #""threadId":"\#(Self.legacy)""#)
    _ = ask("thread/inject_items", #""threadId":"\#(Self.legacy)","items":[\#(Self.item)]"#)
    let after = try folder.text(of: Self.legacyFile)
    #expect(after.hasPrefix(before))
    let added = after.dropFirst(before.count)
    #expect(added.hasSuffix(#""type":"response_item","payload":\#(Self.item)}"# + "\n"))
    #expect(added.filter { $0 == "\n" }.count == 1)
    #expect(folder.names.contains("home/thread-writer-locks/\(Self.legacy).lock"))
  }

  @Test func `archiving takes both files of a reverted thread, and the lock is given back`() {
    _ = ask("thread/archive", #""threadId":"\#(Self.reverted)""#)
    let files = rollouts().filter { $0.contains(Self.reverted) }
    #expect(files.count == 2)
    #expect(files.allSatisfy { $0.hasPrefix("home/archived_sessions/") })
    #expect(!folder.names.contains("home/thread-writer-locks/\(Self.reverted).lock"))
  }

  @Test func `a taken name keeps every file where it is`() throws {
    let segment = try #require(rollouts().first { $0.contains("\(Self.reverted)_") })
    let name = try #require(segment.split(separator: "/").last)
    try folder.write("", to: "home/archived_sessions/\(name)")
    let before = rollouts()
    let answer = ask("thread/archive", #""threadId":"\#(Self.reverted)""#)
    #expect(answer.contains("there is a file of that name already"))
    #expect(rollouts() == before)
  }

  @Test func `a thread on which another stands is not deleted, and one on which none does is`() {
    let before = rollouts()
    let answer = ask("thread/delete", #""threadId":"\#(Self.reverted)""#)
    #expect(answer.contains(#""reason":"inUse""#))
    #expect(rollouts() == before)
    #expect(ask("thread/delete", #""threadId":"\#(Self.legacy)""#).contains(#""result":{}"#))
    #expect(rollouts().count == before.count - 1)
  }

  @Test func `a fork holds its parent's bytes, between its own header and settings`() throws {
    let parent = try folder.text(of: Self.legacyFile)
    let before = Set(rollouts())
    _ = ask("thread/fork", #""threadId":"\#(Self.legacy)""#)
    let child = try folder.text(of: try #require(rollouts().first { !before.contains($0) }))
    let header = try #require(child.firstIndex(of: "\n"))
    let copied = child[child.index(after: header)...]
    #expect(copied.hasPrefix(parent))
    let own = copied.dropFirst(parent.count)
    #expect(own.contains(#""type":"thread_settings_applied""#))
    #expect(own.filter { $0 == "\n" }.count == 1)
    #expect(child[..<header].contains(#""forked_from_id":"\#(Self.legacy)""#))
  }

  @Test func `an ephemeral thread is written and read without a file in the home`() throws {
    let before = folder.names
    let started = ask("thread/start", #""ephemeral":true"#)
    let id = try #require(started.firstMatch(of: /"id":"([0-9a-f-]{36})"/)?.output.1)
    let injected = ask("thread/inject_items", #""threadId":"\#(id)","items":[\#(Self.item)]"#)
    #expect(injected.contains(#""result":{}"#))
    #expect(ask("thread/rollback", #""threadId":"\#(id)","numTurns":1"#).contains(#""turns":[]"#))
    #expect(folder.names == before)
  }

  @Test func `an ephemeral fork of a paginated thread can be taken back in memory`() throws {
    let before = folder.names
    let forked = ask("thread/fork", #""threadId":"\#(Self.reverted)","ephemeral":true"#)
    let id = try #require(forked.firstMatch(of: /"id":"([0-9a-f-]{36})"/)?.output.1)
    #expect(!forked.contains(#""turns":[]"#))
    #expect(ask("thread/rollback", #""threadId":"\#(id)","numTurns":99"#).contains(#""turns":[]"#))
    #expect(folder.names == before)
  }
}
