import Foundation
import TestSupport
import Testing

@testable import AppServer

/// Files of threads that are named by their paths after the thread has gone on elsewhere.
@Suite struct StalePathTests {
  private let folder: TemporaryFolder
  private let server: TestServer
  private let old: String
  private let newest: String

  /// A paginated thread that was reverted: what stands behind the cut is in the old file only.
  private static let thread = "019dc5a0-22bb-7c14-8a55-708192a3b4c6"
  private static let legacy = "019bd0c1-5a10-7c3e-9f21-6b0d4e7a1c01"
  private static let item = #"{"type":"message","role":"user","content":[]}"#

  init() throws {
    folder = try TemporaryFolder()
    var host = TestServer.host
    host.home = try folder.copyFixtureHome(to: "home")
    host.directory = folder.path
    server = try TestServer(host: host)
    server.initialize()
    let files = folder.names.filter { $0.contains("-\(Self.thread)") }.map(folder.callAsFunction)
    old = try #require(files.first { !$0.contains("_0") })
    newest = try #require(files.first { $0.contains("_0") })
  }

  private func stale(_ path: String, current: String) -> String {
    "cannot resume paginated thread \(Self.thread) with stale path: requested \(path), "
      + "current \(current); omit path and resume by thread id"
  }

  private func stale(_ path: String, active: String, thread: String = thread) -> String {
    "cannot resume running thread \(thread) with stale path: requested `\(path)`, "
      + "active `\(active)`"
  }

  @Test(arguments: ["thread/resume", "thread/fork"])
  func `a file that was reverted is refused`(_ method: String) throws {
    let path = String(old.dropFirst(folder("home/").count))
    let copies = [folder("copy.jsonl"), folder("home/sessions/free name.jsonl")]
    for copy in copies { try FileManager.default.copyItem(atPath: old, toPath: copy) }
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"), withDestinationPath: folder("home"))
    let link = old.replacing("/home/", with: "/link/")
    let before = folder.names
    for path in [old, path, link] + copies {
      #expect(refusal(method, path) == stale(path, current: newest))
    }
    let answer = say(method, old)
    #expect(answer.contains(#""code":-32600"#) && answer.contains(#""reason":"stalePath""#))
    #expect(folder.names == before)
    #expect(loaded() == "[]")
  }

  @Test(arguments: ["thread/resume", "thread/fork"])
  func `the newest file is as good by its path, and a copy of it`(_ method: String) throws {
    let copy = folder("copy.jsonl")
    try FileManager.default.copyItem(atPath: newest, toPath: copy)
    #expect(refusal(method, copy) == nil)
    if method == "thread/fork" { #expect(refusal(method, newest) == nil) }
  }

  @Test func `a compressed file that was reverted is refused, and archived ones are`() throws {
    let name = try #require(old.split(separator: "/").last)
    let archived = folder("home/archived_sessions/\(name)")
    try FileManager.default.copyItem(atPath: old, toPath: archived)
    #expect(refusal("thread/resume", archived) == stale(archived, current: newest))
    let packed = ZstdFrame.storing(Array(try String(contentsOfFile: old, encoding: .utf8).utf8))
    try Data(packed).write(to: URL(filePath: old + ".zst"))
    try FileManager.default.removeItem(atPath: old)
    #expect(refusal("thread/fork", old + ".zst") == stale(old + ".zst", current: newest))
  }

  @Test func `a fork that stands on the old file is no part of the thread`() throws {
    let child = try #require(
      folder.names.first { $0.contains("019dc5d0-44dd-7e36-8c77-92a3b4c5d6e8") })
    #expect(refusal("thread/resume", folder(child)) == nil)
  }

  @Test func `reading by id shows the newest, and a summary the file that it names`() {
    let shown = ask("thread/read", #"{"threadId":"\#(Self.thread)","includeTurns":true}"#)
    #expect(shown.contains(newest))
    let summary = ask("getConversationSummary", #"{"rolloutPath":"\#(old)"}"#)
    #expect(summary.contains(#""path":"\#(old)""#))
  }

  @Test func `a loaded thread is resumed from its own file only`() throws {
    #expect(refusal("thread/resume", nil, id: Self.thread) == nil)
    #expect(refusal("thread/resume", newest) == nil)
    let copy = folder("copy.jsonl")
    try FileManager.default.copyItem(atPath: newest, toPath: copy)
    for path in [old, copy] {
      #expect(refusal("thread/resume", path) == stale(path, active: newest))
    }
    #expect(refusal("thread/fork", old) == stale(old, current: newest), "a fork does not rejoin it")
    #expect(refusal("thread/fork", copy) == nil)
  }

  @Test func `a legacy thread that is loaded is, too`() throws {
    let file = folder(try #require(folder.names.first { $0.contains(Self.legacy) }))
    let copy = folder("copy.jsonl")
    try FileManager.default.copyItem(atPath: file, toPath: copy)
    #expect(refusal("thread/resume", copy) == nil)
    #expect(refusal("thread/resume", file) == stale(file, active: copy, thread: Self.legacy))
    let again = ask("thread/resume", #"{"threadId":"\#(Self.legacy)","excludeTurns":true}"#)
    #expect(again.contains(copy), "its id rejoins it")
    #expect(refusal("thread/fork", file) == nil)
  }

  @Test func `a thread that another program reverts goes on where that left it`() throws {
    let hidden = folder("hidden")
    try FileManager.default.moveItem(atPath: newest, toPath: hidden)
    #expect(refusal("thread/resume", old) == nil)
    try FileManager.default.moveItem(atPath: hidden, toPath: newest)
    let before = try String(contentsOfFile: old, encoding: .utf8)
    #expect(refusal("thread/resume", old) == stale(old, active: newest))
    let answer = ask(
      "thread/inject_items", #"{"threadId":"\#(Self.thread)","items":[\#(Self.item)]}"#)
    #expect(answer.contains(#""result":{}"#))
    #expect(try String(contentsOfFile: old, encoding: .utf8) == before)
    #expect(try String(contentsOfFile: newest, encoding: .utf8).contains(Self.item))
    #expect(
      ask("thread/read", #"{"threadId":"\#(Self.thread)"}"#).contains(newest))
  }
}

extension StalePathTests {
  private func ask(_ method: String, _ params: String) -> String {
    server.receive(#"{"id":1,"method":"\#(method)","params":\#(params)}"#)
    server.answerAll()
    return server.takeSent().first { $0.contains(#""id":1"#) } ?? ""
  }

  private func say(_ method: String, _ path: String?, id: String = "") -> String {
    let path = path.map { #","path":"\#($0)""# } ?? ""
    return ask(method, #"{"threadId":"\#(id)","excludeTurns":true\#(path)}"#)
  }

  /// The error's message; nil where there is none.
  private func refusal(_ method: String, _ path: String?, id: String = "") -> String? {
    say(method, path, id: id).firstMatch(of: /"error":{"code":-32600,"message":"([^"]*)"/)
      .map { String($0.output.1) }
  }

  private func loaded() -> String {
    let answer = ask("thread/loaded/list", "{}")
    return answer.firstMatch(of: /"data":(\[[^\]]*\])/).map { String($0.output.1) } ?? answer
  }
}

/// Paths of files as they were on another machine, or on another system of this one.
@Suite struct ForeignPathTests {
  private let home: StoredHome
  private static let name = String(StoredHome.path(1).split(separator: "/").last ?? "")

  init() throws {
    home = try StoredHome()
    try home.store(1, [said("hi")])
  }

  static let folders = [
    #"C:\Users\ada\.codex\sessions\2026\03\01\"#, "C:/Users/ada/.codex/sessions/2026/03/01/",
    #"c:\"#, #"\\?\C:\Users\ada\.codex\"#, #"\\?\UNC\server\share\"#, #"\\wsl$\Debian\home\ada\"#,
    #"\\wsl.localhost\Debian\home\ada\"#, "file:///home/ada/.codex/sessions/2026/03/01/",
    "file:///C:/Users/ada/.codex/", "file://server/share/", "/mnt/c/Users/ada/.codex/",
    "FILE://localhost/home/ada%20b/",
  ]

  @Test(arguments: folders, ["thread/resume", "thread/fork", "getConversationSummary"])
  func `a path of another system finds the file of that name`(
    _ folder: String, _ method: String
  ) throws {
    let path = (folder + Self.name).replacing(#"\"#, with: #"\\"#)
    let params =
      method == "getConversationSummary"
      ? #"{"rolloutPath":"\#(path)"}"# : #"{"threadId":"","path":"\#(path)"}"#
    let answer = home.say(method, params).first { $0.contains(#""id":1"#) } ?? ""
    #expect(answer.contains(home.folder("home/" + StoredHome.path(1))) || method == "thread/fork")
    #expect(answer.contains(#""result""#), "\(answer)")
  }

  @Test func `a URL leads to the file that it names`() throws {
    let copy = home.folder("a copy.jsonl")
    try FileManager.default.copyItem(
      atPath: home.folder("home/" + StoredHome.path(1)), toPath: copy)
    let url = "file://" + copy.replacing(" ", with: "%20")
    let said = home.say("thread/resume", #"{"threadId":"","path":"\#(url)"}"#)
    #expect(said.contains { $0.contains(#""path":"\#(copy)""#) })
  }

  @Test func `a name that is no rollout's finds nothing`() {
    for path in [#"C:\\notes.jsonl"#, "file:///notes.jsonl", #"C:notes\\\#(Self.name).bak"#] {
      let said = home.say("thread/resume", #"{"threadId":"","path":"\#(path)"}"#)
      let refusal =
        #""message":"failed to resolve rollout path `\#(path)`: file does not exist""#
      #expect(said.last?.contains(refusal) == true)
    }
  }
}
