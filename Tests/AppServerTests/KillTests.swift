import Foundation
import Platform
import Synchronization
import TestSupport
import Testing

@testable import AppServer

/// What a kill leaves at any moment of a change, and what the next server makes of it.
@Suite struct KillTests {
  private static let agent = "019c3000-0000-7000-8000-000000000002"
  private static let agentPath =
    "sessions/2026/03/01/rollout-2026-03-01T11-00-00-\(agent).jsonl"
  private static let turns = ["a", "b", "c"].flatMap { turn in
    [String.started(turn), .completed("UserMessage", turn, in: turn), .ended(turn)]
  }

  /// A home as it was before an access to it, for a server that is started after a kill.
  private final class States: Sendable {
    let all = Mutex<[TemporaryFolder]>([])

    func keep(_ home: String) {
      all.withLock { states in
        guard let state = try? TemporaryFolder(),
          (try? FileManager.default.copyItem(atPath: home, toPath: state("home"))) != nil,
          states.last.map({ Self.content(of: $0) }) != Self.content(of: state)
        else { return }
        states.append(state)
      }
    }

    private static func content(of folder: TemporaryFolder) -> [String: Data?] {
      Dictionary(
        folder.names.map { ($0, FileManager.default.contents(atPath: folder($0))) }
      ) { first, _ in first }
    }
  }

  /// What is left before each step of a request, and behind the last one.
  private func states(
    of method: String, _ params: String, in home: WritableHome
  ) throws -> [TemporaryFolder] {
    let states = States()
    let path = home.folder("home")
    DiskAccess.watch(path) { _ in states.keep(path) }
    let answer = try home.ask(method, params)
    #expect(answer.contains(#""result""#), "\(answer)")
    states.keep(path)
    return states.all.withLock(\.self)
  }

  /// A thread of three files, the newest of which holds one turn of three, with a sub-agent and names
  /// of both.
  private func reverted() throws -> WritableHome {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: Self.template.get()("home"), toPath: folder("home"))
    return try WritableHome(in: folder)
  }

  /// The home that each test gets a copy of: to write it again would take much longer.
  private static let template = Result { try makeReverted().folder }

  private static func makeReverted() throws -> WritableHome {
    let home = try WritableHome()
    try home.store(Self.turns, isPaginated: true)
    try home.ask("thread/resume", WritableHome.reference)
    for turn in ["c", "b"] {
      try home.ask("thread/revert", WritableHome.reference + #","beforeTurnId":"\#(turn)""#)
    }
    try home.folder.write(
      StoredHome.line(
        "2026-03-01", "session_meta",
        #"{"id":"\#(Self.agent)","cwd":"/w","source":{"subagent":{"thread_spawn":"#
          + #"{"parent_thread_id":"\#(WritableHome.id)","depth":1}}}}"#)
        + StoredHome.line("2026-03-01", "event_msg", said("hello")),
      to: "home/" + Self.agentPath)
    for id in [WritableHome.id, Self.agent] {
      try home.ask("thread/name/set", #""threadId":"\#(id)","name":"called""#)
    }
    #expect(home.rollouts.count == 4)
    return home
  }

  /// How often a list shows a thread.
  private func count(_ id: String, in home: WritableHome, archived: Bool) throws -> Int {
    try home.ask("thread/list", #""archived":\#(archived),"sourceKinds":[]"#)
      .matches(of: try Regex(#"\{"id":"\#(id)""#)).count
  }

  private func turns(_ home: WritableHome) throws -> [String] {
    try home.thread("thread/read", WritableHome.reference).turns.map(\.id)
  }

  @Test(arguments: ["thread/archive", "thread/unarchive"])
  func `a thread that is moved is shown once and whole, and can be moved again`(
    _ method: String
  ) throws {
    let home = try reverted()
    if method == "thread/unarchive" { try home.ask("thread/archive", WritableHome.reference) }
    let states = try states(of: method, WritableHome.reference, in: home)
    #expect(states.count > 4)
    for state in states {
      let home = try WritableHome(in: state)
      let rows = try [true, false].map { try count(WritableHome.id, in: home, archived: $0) }
      #expect(rows == [0, 1] || rows == [1, 0])
      #expect(try turns(home) == ["a"])
      let reading = home.folder.names
      let isDone = rows == (method == "thread/archive" ? [1, 0] : [0, 1])
      let answer = try home.ask(method, WritableHome.reference)
      #expect(isDone || answer.contains(#""result""#), "\(answer)")
      #expect(reading.count { $0.contains("rollout-") } == 4)
      for other in ["thread/archive", "thread/unarchive", "thread/archive"] {
        try home.ask(other, WritableHome.reference)
      }
      #expect(home.rollouts.allSatisfy { $0.hasPrefix("archived_sessions/") })
      #expect(try turns(home) == ["a"])
    }
  }

  @Test func `a thread that is deleted is there until the end, and can be deleted again`() throws {
    let home = try reverted()
    let head = try home.thread("thread/read", WritableHome.reference).path
    let name = try #require(head.split(separator: "/").last)
    let states = try states(of: "thread/delete", WritableHome.reference, in: home)
    #expect(states.count > 4)
    var counts: [Int] = []
    for state in states {
      let home = try WritableHome(in: state)
      counts.append(home.rollouts.count { $0.hasSuffix(name) })
      let count = try count(WritableHome.id, in: home, archived: false)
      #expect(count == counts.last || home.rollouts.count < 4)
      let answer = try home.ask("thread/delete", WritableHome.reference)
      #expect(answer.contains(counts.last == 1 ? #""result":{}"# : "no rollout found"))
      let names = try home.folder.text(of: "home/session_index.jsonl")
      #expect(counts.last == 0 || !names.contains(WritableHome.id))
      #expect(home.rollouts.isEmpty)
      // To write once into each folder removes what is left there.
      try home.store(Self.turns, isPaginated: true)
      try home.ask("thread/resume", WritableHome.reference)
      try home.ask("thread/revert", WritableHome.reference + #","beforeTurnId":"c""#)
      try home.ask("thread/delete", WritableHome.reference)
      #expect(home.folder.names.filter { $0.hasSuffix(".tmp") || $0.contains("rollout-") } == [])
    }
    #expect(counts == counts.sorted(by: >))
    #expect(counts.first == 1 && counts.last == 0)
  }

  /// Where a file of three has its names, for each combination.
  static let places: [[Place]] = Place.allCases.flatMap { first in
    Place.allCases.flatMap { second in Place.allCases.map { [first, second, $0] } }
  }

  enum Place: CaseIterable { case active, archived, both }

  @Test(arguments: places)
  func
    `whatever moves were interrupted, the newest file tells where a thread is, and both can be done`(
      _ places: [Place]
    ) throws
  {
    for method in ["thread/archive", "thread/unarchive"] {
      let home = try reverted()
      let archive = home.folder("home/archived_sessions")
      try FileManager.default.createDirectory(atPath: archive, withIntermediateDirectories: true)
      let paths = home.rollouts.filter { $0.contains(WritableHome.id) }
        .sorted { $0.suffix(42) < $1.suffix(42) }
        .map { URL(filePath: home.folder("home/\($0)")) }
      for (path, place) in zip(paths, places) where place != .active {
        let target = URL(filePath: archive).appending(path: path.lastPathComponent)
        try FileManager.default.linkItem(at: path, to: target)
        if place == .archived { try FileManager.default.removeItem(at: path) }
      }
      let isArchived = places[2] != .active
      #expect(try count(WritableHome.id, in: home, archived: isArchived) == 1)
      #expect(try count(WritableHome.id, in: home, archived: !isArchived) == 0)
      #expect(try turns(home) == ["a"])
      let answer = try home.ask(method, WritableHome.reference)
      let target = method == "thread/archive" ? Place.archived : .active
      #expect(answer.contains(#""result""#) == (places != [target, target, target]))
      let left = home.rollouts.filter { $0.contains(WritableHome.id) }
      #expect(left.count == 3)
      #expect(left.allSatisfy { $0.hasPrefix("archived_sessions/") == (target == .archived) })
      #expect(try turns(home) == ["a"])
    }
  }

  @Test(arguments: places)
  func `all names of a thread are deleted`(_ places: [Place]) throws {
    let home = try reverted()
    let archive = home.folder("home/archived_sessions")
    try FileManager.default.createDirectory(atPath: archive, withIntermediateDirectories: true)
    for (path, place) in zip(home.rollouts, places) where place != .active {
      try FileManager.default.linkItem(
        atPath: home.folder("home/\(path)"),
        toPath: archive + "/" + (path.split(separator: "/").last ?? ""))
    }
    let answer = try home.ask("thread/delete", WritableHome.reference)
    #expect(answer.contains(#""result":{}"#), "\(answer)")
    #expect(home.folder.names.filter { $0.contains("rollout-") } == [])
  }

  /// A method that writes records or a file, with what is resumed before.
  static let writing: [(method: String, params: String)] = [
    ("thread/inject_items", #""items":[{"type":"message","role":"user","content":[]}]"#),
    ("thread/rollback", #""numTurns":1"#), ("thread/revert", #""beforeTurnId":"b""#),
    ("thread/fork", ""), ("thread/name/set", #""name":"other""#),
    ("thread/metadata/update", #""gitInfo":{"branch":"b"}"#),
  ]

  @Test(arguments: writing.map(\.method), [0, 1, 2])
  func `a thread that is written is as it was before or as it is after`(
    _ method: String, _ form: Int
  ) throws {
    let home = try WritableHome()
    let records = ["a", "b", "c"].flatMap { turn in
      [String.started(turn)] + .said(turn) + .answered(turn) + [.ended(turn)]
    }
    try home.store(form == 1 ? Self.turns : records, isPaginated: form == 1)
    if form == 2 { try home.compress(home.folder("home/" + WritableHome.path)) }
    let more = try #require(Self.writing.first { $0.method == method }?.params)
    let params = WritableHome.reference + (more.isEmpty ? "" : "," + more)
    try home.ask("thread/resume", WritableHome.reference)
    let before = try turns(home)
    let states = try states(of: method, params, in: home)
    let after = try turns(home)
    #expect(states.count > 1)
    for state in states {
      let home = try WritableHome(in: state)
      let rows = try home.ask("thread/list", "").matches(of: /"preview":"a"/).count
      #expect(rows == 1 || rows == 2 && method == "thread/fork")
      let found = try turns(home)
      #expect(found == before || found == after)
      try home.ask("thread/resume", WritableHome.reference)
      let isGone = method == "thread/revert" && found == after
      #expect(try home.ask(method, params).contains(isGone ? "turn not found" : #""result""#))
      #expect(home.folder.names.filter { $0.hasSuffix(".tmp") } == [])
    }
  }
}
