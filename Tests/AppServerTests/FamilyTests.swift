import Foundation
import Platform
import TestSupport
import Testing

@testable import AppServer
@testable import Rollouts

/// Threads that go to the archive and away with the sub-agents that they started.
@Suite struct FamilyTests {
  private let home: StoredHome

  /// The threads are 1 with its agents 9, 3 and 5; 2 below 9, 8 below 3, 4 and 6 below 5. Two more
  /// refer to 1 in other ways.
  init() throws {
    home = try StoredHome()
    try home.store(1, [said("hi")])
    for (number, parent) in [(9, 1), (3, 1), (5, 1), (2, 9), (8, 3), (4, 5), (6, 5)] {
      try home.store(number, [said("hi")], spawnedBy: parent)
    }
    try home.store(10, [said("hi")], source: "review")
    try home.store(11, [said("hi")])
    try change(
      10, #""source":"review""#,
      to: #""source":{"subagent":"review"},"parent_thread_id":"\#(id(1))""#)
    try change(11, #""source":"cli""#, to: #""source":"cli","forked_from_id":"\#(id(1))""#)
  }

  @Test func `archive tells of the thread, then of the youngest generation, the last ids first`() {
    #expect(say("thread/archive", 1) == ["{}"] + [1, 8, 6, 4, 2, 9, 5, 3].map { "archived \($0)" })
    #expect(active() == [10, 11])
    #expect(archived() == [1, 2, 3, 4, 5, 6, 8, 9])
  }

  @Test func `delete tells of the youngest generation first, archived ones too`() throws {
    try archiveFile(8)
    #expect(say("thread/delete", 1) == ["{}"] + [8, 6, 4, 2, 9, 5, 3, 1].map { "deleted \($0)" })
    #expect(active() == [10, 11])
    #expect(archived() == [])
  }

  @Test func `an agent goes with those below it and leaves those above`() {
    #expect(say("thread/archive", 5) == ["{}", "archived 5", "archived 6", "archived 4"])
    #expect(say("thread/delete", 9) == ["{}", "deleted 2", "deleted 9"])
    #expect(active() == [1, 3, 8, 10, 11])
  }

  @Test func `unarchive brings back the thread alone`() {
    _ = say("thread/archive", 1)
    #expect(say("thread/unarchive", 1).last == "unarchived 1")
    #expect(active() == [1, 10, 11])
  }

  @Test func `agents below one that is archived go too, and that one is not told of`() throws {
    try archiveFile(5)
    #expect(say("thread/archive", 1) == ["{}"] + [1, 8, 6, 4, 2, 9, 3].map { "archived \($0)" })
    #expect(active() == [10, 11])
  }

  @Test func `what was loaded is told to be no longer, before the answer`() {
    for number in [5, 2, 1, 6] { _ = say("thread/resume", number) }
    #expect(
      say("thread/archive", 1).prefix(5)
        == ["notLoaded 1", "notLoaded 6", "notLoaded 2", "notLoaded 5", "{}"])
    #expect(home.say("thread/loaded/list", "{}").last?.contains(#""data":[]"#) == true)
  }

  @Test func `of deleted ones that is told from the thread downwards`() {
    for number in [5, 2, 1, 6] { _ = say("thread/resume", number) }
    #expect(
      say("thread/delete", 1).prefix(5)
        == ["notLoaded 1", "notLoaded 5", "notLoaded 2", "notLoaded 6", "{}"])
  }

  @Test(arguments: ["thread/archive", "thread/delete"], [false, true])
  func `the lock of another on any of them keeps all where they are, and loaded`(
    _ method: String, _ isArchived: Bool
  ) throws {
    if isArchived { try archiveFile(6) }
    _ = say("thread/resume", 5)
    let before = home.folder.names.filter { $0.contains("rollout-") }
    let lock = try home.folder.write("", to: "home/thread-writer-locks/\(id(6)).lock")
    let holder = try FileLock(tryingFor: lock)
    #expect(say(method, 1) == ["thread \(id(6)) already has an active writer"])
    #expect(home.folder.names.filter { $0.contains("rollout-") } == before)
    #expect(
      home.folder.names.filter { $0.hasSuffix(".lock") && !$0.contains(".coord") }.count == 1,
      "no lock of ours is left")
    #expect(home.say("thread/loaded/list", "{}").last?.contains(id(5)) == true)
    withExtendedLifetime(holder) {}
  }

  @Test func `an agent that cannot be moved stays, and the rest goes`() throws {
    let name = try #require(StoredHome.path(3).split(separator: "/").last)
    try home.folder.write("taken", to: "home/archived_sessions/\(name)")
    #expect(say("thread/archive", 1) == ["{}"] + [1, 8, 6, 4, 2, 9, 5].map { "archived \($0)" })
    #expect(active() == [3, 10, 11])
  }

  @Test func `a thread that cannot be moved keeps its agents`() throws {
    let name = try #require(StoredHome.path(1).split(separator: "/").last)
    try home.folder.write("taken", to: "home/archived_sessions/\(name)")
    #expect(
      say("thread/archive", 1).first?.hasPrefix("there is a file of that name already") == true)
    #expect(active() == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11])
  }

  @Test func `the history of an outsider on an agent keeps all from being deleted`() throws {
    try stand(11, on: 4)
    #expect(
      say("thread/delete", 1)
        == ["cannot delete thread \(id(4)): forked history still references it"])
    #expect(active().count == 10)
    #expect(say("thread/archive", 1).first == "{}", "to archive them takes nothing away")
  }

  @Test func `history within the family is no reason`() throws {
    try stand(6, on: 4)
    try stand(8, on: 1)
    #expect(say("thread/delete", 1).first == "{}")
    #expect(active() == [10, 11])
  }

  @Test func `parents that go round in a circle end somewhere`() throws {
    try home.store(20, [said("hi")], spawnedBy: 21)
    try home.store(21, [said("hi")], spawnedBy: 20)
    try home.store(22, [said("hi")], spawnedBy: 22)
    #expect(say("thread/archive", 20) == ["{}", "archived 20", "archived 21"])
    #expect(say("thread/archive", 22) == ["{}", "archived 22"])
    #expect(say("thread/delete", 21) == ["{}", "deleted 20", "deleted 21"])
  }

  @Test func `names of all that is deleted go from the index`() throws {
    let names = [1, 6, 11].map { #"{"id":"\#(id($0))","thread_name":"n"}"# + "\n" }
    try home.folder.write(names.joined(), to: "home/session_index.jsonl")
    _ = say("thread/delete", 1)
    #expect(try home.folder.text(of: "home/session_index.jsonl") == names[2])
  }

  @Test func `what a list calls descendants is what goes with a thread`() throws {
    #expect(listed(#""parentThreadId":"\#(id(1))""#) == [9, 5, 3])
    #expect(listed(#""ancestorThreadId":"\#(id(1))""#) == [9, 8, 6, 5, 4, 3, 2])
    #expect(listed(#""parentThreadId":"\#(id(1))","sourceKinds":null"#) == [9, 5, 3])
    #expect(listed(#""parentThreadId":"\#(id(1))","sourceKinds":[]"#) == [], "the interactive ones")
    #expect(listed(#""ancestorThreadId":"\#(id(1))","sourceKinds":[]"#) == [])
    #expect(
      listed(#""parentThreadId":"\#(id(5))","sourceKinds":["subAgentThreadSpawn"]"#) == [6, 4])
  }
}

extension FamilyTests {
  private func id(_ number: Int) -> String { StoredHome.id(number) }

  private func number(_ text: some StringProtocol) -> Int {
    Int(text.suffix(12)) ?? 0
  }

  /// What is said: `archived 1` for a notification, the status for a changed one, and the result or the
  /// error's message for the answer.
  private func say(_ method: String, _ number: Int) -> [String] {
    home.say(method, #"{"threadId":"\#(id(number))"}"#).map { line in
      if let error = line.firstMatch(of: /"message":"([^"]*)"/) { return String(error.output.1) }
      if let result = line.firstMatch(of: /"result":(.*)}$/) { return String(result.output.1) }
      let thread = line.firstMatch(of: /"threadId":"([^"]*)"/)?.output.1 ?? ""
      let status = line.firstMatch(of: /"type":"([^"]*)"/)?.output.1
      let name = line.firstMatch(of: /"method":"thread\/([^"]*)"/)?.output.1 ?? ""
      return "\(status ?? name) \(self.number(thread))"
    }
  }

  private func listed(_ params: String) -> [Int] {
    let answer = home.say("thread/list", "{\"modelProviders\":[],\(params)}").last ?? ""
    return answer.matches(of: /{"id":"([^"]*)"/).map { number($0.output.1) }
  }

  private func active() -> [Int] { numbers(in: "home/sessions/") }
  private func archived() -> [Int] { numbers(in: "home/archived_sessions/") }

  private func numbers(in folder: String) -> [Int] {
    home.folder.names.filter { $0.hasPrefix(folder) && $0.hasSuffix(".jsonl") }
      .map { number($0.dropLast(6)) }.sorted()
  }

  private func archiveFile(_ number: Int) throws {
    let path = StoredHome.path(number)
    let name = try #require(path.split(separator: "/").last)
    try home.folder.write(
      try home.folder.text(of: "home/\(path)"), to: "home/archived_sessions/\(name)")
    try FileManager.default.removeItem(atPath: home.folder("home/\(path)"))
  }

  private func change(_ number: Int, _ text: String, to other: String) throws {
    let path = "home/\(StoredHome.path(number))"
    try home.folder.write(
      try home.folder.text(of: path).replacing(text, with: other), to: path)
  }

  /// Lets the history of one thread stand on the file of another.
  private func stand(_ number: Int, on base: Int) throws {
    try change(
      number, #""cwd":"/w""#,
      to: #""cwd":"/w","history_base":{"thread_id":"\#(id(base))"}"#)
  }
}
