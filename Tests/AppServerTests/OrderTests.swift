import Foundation
import TestSupport
import Testing

@testable import AppServer

/// Lists that are asked for before and behind changes, all at once.
@Suite struct OrderTests {
  private let home: StoredHome
  private static let a = StoredHome.id(1)
  private static let agent = StoredHome.id(3)

  init() throws {
    home = try StoredHome()
    try home.store(
      1, [began("t1"), said("one"), ended("t1"), began("t2"), said("two"), ended("t2")])
    try home.store(2, [said("other")])
    try home.store(3, [said("agent")], spawnedBy: 1)
  }

  @Test(
    arguments: [
      ("thread/archive", #""threadId":"\#(a)""#), ("thread/delete", #""threadId":"\#(a)""#),
      ("thread/name/set", #""threadId":"\#(a)","name":"called""#),
      ("thread/metadata/update", #""threadId":"\#(a)","gitInfo":{"branch":"side"}"#),
      ("thread/rollback", #""threadId":"\#(a)","numTurns":1"#),
      ("thread/revert", #""threadId":"\#(a)","beforeTurnId":"t2""#),
      (
        "thread/inject_items",
        #""threadId":"\#(a)","items":[{"type":"message","role":"user","content":[]}]"#
      ),
      ("thread/fork", #""threadId":"\#(a)""#),
      (
        "thread/resume",
        #""threadId":"","history":[{"type":"message","role":"user","content":[{"type":"input_text","text":"new"}]}]"#
      ),
    ], ["thread/list", "thread/search"])
  func `a list shows what there was when it was asked for`(
    _ change: (method: String, params: String), _ list: String
  ) throws {
    _ = home.say("thread/resume", #"{"threadId":"\#(Self.a)"}"#)
    let before = try rows(list)
    send(1, list)
    send(2, list)
    send(3, change.method, change.params)
    send(4, list)
    home.server.answerAll()
    let answers = try answers()
    #expect(answers[1] == before)
    #expect(answers[2] == before)
    #expect(answers[3]?.contains(#""result""#) == true)
    #expect(answers[4] != before)
    #expect(try answers[4] == rows(list))
  }

  @Test func `what was archived comes back for the list behind that`() throws {
    let before = try rows("thread/list")
    for turn in 0..<5 {
      send(4 * turn, "thread/list")
      send(4 * turn + 1, "thread/archive", #""threadId":"\#(Self.a)""#)
      send(4 * turn + 2, "thread/list")
      send(4 * turn + 3, "thread/unarchive", #""threadId":"\#(Self.a)""#)
    }
    home.server.answerAll()
    let answers = try answers()
    for turn in 0..<5 {
      #expect(answers[4 * turn] == before)
      #expect(answers[4 * turn + 2]?.contains(Self.a) == false)
      #expect(answers[4 * turn + 3]?.contains(#""result""#) == true)
    }
  }

  @Test func `lists run side by side, beside a long read of a thread, and short ones overtake it`()
    throws
  {
    let long = String(repeating: "x", count: 2 << 20)
    try home.store(5, [said("long"), answered(long)])
    send(1, "thread/read", #""threadId":"\#(StoredHome.id(5))","includeTurns":true"#)
    send(2, "thread/list")
    send(3, "thread/search")
    send(4, "thread/read", #""threadId":"\#(StoredHome.id(2))","includeTurns":true"#)
    send(5, "thread/read", #""threadId":"\#(StoredHome.id(5))""#)
    send(6, "thread/name/set", #""threadId":"\#(StoredHome.id(2))","name":"n""#)
    #expect(home.server.pendingWork == 5)
    home.server.doWork(at: 3)
    home.server.doWork(at: 3)
    #expect(
      try answers().keys.sorted() == [4, 5], "the lists are to show what was before the name")
    home.server.answerAll()
    #expect(try answers().keys.sorted() == [1, 2, 3, 6])
  }

  @Test func `a thread is archived beside a long read of another, and behind one of its agents`()
    throws
  {
    let long = String(repeating: "x", count: 2 << 20)
    try home.append(2, [answered(long)])
    send(1, "thread/read", #""threadId":"\#(StoredHome.id(2))","includeTurns":true"#)
    send(2, "thread/archive", #""threadId":"\#(Self.a)""#)
    home.server.doWork(at: 1)
    home.server.doWork(at: 1)
    #expect(try answers().keys.sorted() == [2])
    home.server.answerAll()
    _ = home.server.takeSent()

    _ = home.say("thread/unarchive", #"{"threadId":"\#(Self.a)"}"#)
    _ = home.say("thread/unarchive", #"{"threadId":"\#(Self.agent)"}"#)
    try home.append(3, [answered(long)])
    send(1, "thread/read", #""threadId":"\#(Self.agent)","includeTurns":true"#)
    send(2, "thread/archive", #""threadId":"\#(Self.a)""#)
    send(3, "thread/read", #""threadId":"\#(Self.agent)""#)
    home.server.doWork(at: 1)
    #expect(try answers().isEmpty)
    home.server.answerAll()
    let answers = try answers()
    #expect(answers[1]?.contains("/sessions/") == true)
    #expect(answers[3]?.contains("/archived_sessions/") == true)
  }

  @Test func `an archive that waits for a search holds up nobody else`() throws {
    send(1, "thread/search")
    send(2, "thread/archive", #""threadId":"\#(Self.a)""#)
    home.server.doWork(at: 1)
    send(3, "thread/read", #""threadId":"\#(StoredHome.id(2))""#)
    send(4, "thread/read", #""threadId":"\#(Self.agent)""#)
    #expect(home.server.pendingWork == 2, "the search, and the read of the other thread")
    home.server.doWork(at: 1)
    #expect(try answers().keys.sorted() == [3])
    home.server.answerAll()
    let answers = try answers()
    #expect(answers[1]?.contains(#""path":"\#(home.folder("home/sessions"))"#) == true)
    #expect(answers[4]?.contains("/archived_sessions/") == true)
  }

  @Test func `a thread that was only begun is archived for the lists that follow`() throws {
    let begun = home.say("thread/start", "{}").first ?? ""
    let id = try #require(begun.firstMatch(of: /"id":"([^"]*)"/)?.output.1)
    let files = home.folder.names
    send(1, "thread/list")
    send(2, "thread/archive", #""threadId":"\#(id)""#)
    #expect(home.folder.names == files)
    home.server.answerAll()
    #expect(home.folder.names.contains { $0.hasPrefix("home/arch") && $0.contains(id) })
  }

  @Test func `files that come while an archive waits are archived, too`() throws {
    let long = String(repeating: "x", count: 2 << 20)
    try home.append(3, [answered(long)])
    send(1, "thread/read", #""threadId":"\#(Self.agent)","includeTurns":true"#)
    send(2, "thread/archive", #""threadId":"\#(Self.a)""#)
    home.server.doWork(at: 1)
    try home.store(4, [said("late")], spawnedBy: 3)
    home.server.answerAll()
    #expect(home.folder.names.filter { $0.hasPrefix("home/archived_sessions/roll") }.count == 3)
  }

  @Test func `requests by an alias are in order with those by the thread's own id`() throws {
    let alias = StoredHome.id(9)
    let name = StoredHome.path(2).replacing(StoredHome.id(2), with: alias)
    try FileManager.default.moveItem(
      atPath: home.folder("home/" + StoredHome.path(2)), toPath: home.folder("home/" + name))
    send(1, "thread/read", #""threadId":"\#(StoredHome.id(2))""#)
    send(2, "thread/metadata/update", #""threadId":"\#(alias)","gitInfo":{"branch":"one"}"#)
    send(3, "thread/read", #""threadId":"\#(alias)""#)
    send(4, "thread/archive", #""threadId":"\#(StoredHome.id(2))""#)
    home.server.doWork(at: 1)
    #expect(try answers().isEmpty, "the thread is still being read by its own id")
    home.server.answerAll()
    let answers = try answers()
    #expect(answers[2]?.contains(#""branch":"one""#) == true)
    #expect(answers[3]?.contains(#""branch":"one""#) == true)
    #expect(answers[4]?.contains(#""result""#) == true)
  }

  @Test func `requests that follow a resume by path wait for the thread that it loads`() throws {
    let long = String(repeating: "x", count: 2 << 20)
    try home.append(1, [answered(long)])
    let file = home.folder("home/\(StoredHome.path(1))")
    let copy = home.folder("elsewhere.jsonl")
    try FileManager.default.copyItem(atPath: file, toPath: copy)
    send(1, "thread/resume", #""threadId":"","path":"\#(copy)""#)
    send(2, "turn/interrupt", #""threadId":"\#(Self.a)","turnId":"t""#)
    #expect(try answers().isEmpty)
    home.server.answerAll()
    #expect(try answers()[2]?.contains("needs a model") == true)
  }
}

extension OrderTests {
  private func send(_ id: Int, _ method: String, _ params: String = "") {
    let all = #""modelProviders":[],"sortKey":"updated_at""#
    let params =
      switch method {
      case "thread/list": all
      case "thread/search": #""searchTerm":"e","sortKey":"updated_at""#
      default: params
      }
    home.server.receive(#"{"id":\#(id),"method":"\#(method)","params":{\#(params)}}"#)
  }

  /// The answers that were sent since the last call by the ids of their requests, without these.
  private func answers() throws -> [Int: String] {
    var answers: [Int: String] = [:]
    for line in home.server.takeSent() {
      guard let id = line.firstMatch(of: /"id":([0-9]+)[,}]/)?.output.1, let number = Int(id) else {
        continue
      }
      #expect(answers[number] == nil, "one answer")
      answers[number] = line.replacing(/"id":[0-9]+/, with: "").replacing(/\|@[0-9]+/, with: "")
    }
    return answers
  }

  private func rows(_ list: String) throws -> String {
    send(0, list)
    home.server.answerAll()
    return try #require(answers()[0])
  }
}
