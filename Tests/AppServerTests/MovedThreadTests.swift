import Foundation
import Platform
import Synchronization
import TestSupport
import Testing

@testable import AppServer

/// Threads that another process moves while a request looks for them or opens them.
@Suite struct MovedThreadTests {
  /// What another process does to a thread's file.
  enum Change: CaseIterable, Sendable { case archived, unarchived, compressed, unpacked }

  private static let requests: [(method: String, params: String)] = [
    ("thread/read", #","includeTurns":true"#), ("thread/resume", ""),
    ("thread/metadata/update", #","gitInfo":{"branch":"b"}"#), ("getConversationSummary", ""),
  ]

  private let home: StoredHome
  private let path: String
  private let archived: String

  init() throws {
    home = try StoredHome()
    try home.store(1, [began("t"), said("hello"), ended("t")])
    try home.store(2, [began("t"), said("other"), ended("t")])
    path = home.folder("home/" + StoredHome.path(1))
    archived = home.folder(
      "home/archived_sessions/" + (StoredHome.path(1).split(separator: "/").last ?? ""))
    try home.folder.write("", to: "home/archived_sessions/.keep")
  }

  /// Prepares the file, and makes the change at the number-th access to the home.
  ///
  /// - Returns: A function that tells whether the change was made.
  private func make(_ change: Change, at number: Int) throws -> () -> Bool {
    let (path, archived) = (path, archived)
    let packed = path + ".zst"
    if change == .unarchived { try move(path, archived) }
    let text = try Data(contentsOf: URL(filePath: change == .unarchived ? archived : path))
    let frame = Data(ZstdFrame.storing(Array(text)))
    if change == .unpacked {
      try frame.write(to: URL(filePath: packed))
      try FileManager.default.removeItem(atPath: path)
    }
    let accesses = AccessCounter()
    DiskAccess.watch(home.folder("home")) { _ in
      guard accesses.next() == number else { return }
      switch change {
      case .archived: try? FileManager.default.moveItem(atPath: path, toPath: archived)
      case .unarchived: try? FileManager.default.moveItem(atPath: archived, toPath: path)
      case .compressed:
        try? frame.write(to: URL(filePath: packed))
        try? FileManager.default.removeItem(atPath: path)
      case .unpacked:
        try? text.write(to: URL(filePath: path))
        try? FileManager.default.removeItem(atPath: packed)
      }
    }
    return { accesses.count >= number }
  }

  private final class AccessCounter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock(\.self) }

    func next() -> Int {
      value.withLock { value in
        value += 1
        return value
      }
    }
  }

  private func move(_ source: String, _ target: String) throws {
    try FileManager.default.moveItem(atPath: source, toPath: target)
  }

  @Test(arguments: requests.map(\.method), Change.allCases)
  func `a thread that another process moves is found`(_ method: String, _ change: Change) throws {
    let more = try #require(Self.requests.first { $0.method == method }?.params)
    let opens = ["thread/resume", "thread/fork"].contains(method)
    var number = 1
    while true {
      let test = try MovedThreadTests()
      let id = method == "getConversationSummary" ? "conversationId" : "threadId"
      let isMade = try test.make(change, at: number)
      let said = test.home.say(method, #"{"\#(id)":"\#(StoredHome.id(1))"\#(more)}"#)
      guard isMade() else { break }
      let answer = try #require(said.first { $0.contains(#""id":1"#) })
      let isArchived = answer.contains(#""reason":"archived""#)
      #expect(
        answer.contains(#""result""#)
          || opens && isArchived && (change == .archived || change == .unarchived),
        "\(method) \(change) \(number): \(answer)")
      // A write takes long to reach the disk, so not all of its moments are tried.
      number += method == "thread/metadata/update" ? 4 : 1
    }
    #expect(number > 2)
  }

  @Test(arguments: ["created_at", "updated_at"], [Change.compressed, .unpacked])
  func `a list shows a thread that another process replaces`(
    _ key: String, _ change: Change
  ) throws {
    var number = 1
    while true {
      let test = try MovedThreadTests()
      let isMade = try test.make(change, at: number)
      let ids = try test.home.ids("thread/list", #"{"sortKey":"\#(key)"}"#)
      guard isMade() else { break }
      #expect(ids == [StoredHome.id(2), StoredHome.id(1)], "\(number)")
      number += 1
    }
    #expect(number > 2)
  }
}
