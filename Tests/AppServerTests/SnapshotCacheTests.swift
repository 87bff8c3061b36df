import Foundation
import Platform
import Rollouts
import TestSupport
import Testing

@testable import AppServer
@testable import Library

/// What was opened of a thread is used again, and only while a fresh look would find the same.
@Suite struct SnapshotCacheTests {
  private let home: StoredHome

  init() throws {
    home = try StoredHome()
    try store(1, "first")
    try storeOnFirst("second")
    settle()
  }

  private func store(_ number: Int, _ text: String) throws {
    try home.store(number, [began("turn"), said(text), answered("yes"), ended("turn")])
    try age(number)
  }

  /// Stores thread 2, which goes on where thread 1 ends.
  private func storeOnFirst(_ text: String) throws {
    let end = try FileStatus(path: path(1)).size
    let meta =
      #"{"id":"\#(StoredHome.id(2))","timestamp":"2026-03-02T08:00:00.000Z","cwd":"/w","#
      + #""history_base":{"thread_id":"\#(StoredHome.id(1))","end_byte_offset":\#(end)}}"#
    let lines = [
      StoredHome.line("2026-03-02", "session_meta", meta),
      StoredHome.line("2026-03-02", "event_msg", began("more")),
      StoredHome.line("2026-03-02", "event_msg", said(text)),
    ]
    try home.folder.write(lines.joined(), to: "home/" + StoredHome.path(2))
    try age(2)
  }

  private func path(_ number: Int) -> String { home.folder("home/" + StoredHome.path(number)) }

  private static let anHourAgo = Date.now.addingTimeInterval(-3600)

  /// Lets the files grow older than the clock of a file system is coarse.
  private func settle() { Thread.sleep(forTimeInterval: 0.1) }

  /// Sets back when a file was changed, always to the same time, so that this does not tell of a change.
  private func age(_ number: Int) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Self.anHourAgo], ofItemAtPath: path(number))
  }

  private var library: ThreadLibrary { home.server.server.session.library }

  private func isKnown(_ number: Int) throws -> Bool {
    let location = ThreadLocation(
      id: try UUID(StoredHome.id(number)), path: path(number), isArchived: false)
    return library.cache.snapshot(of: location) != nil
  }

  private func read(_ number: Int, on server: TestServer? = nil) throws -> String {
    let server = server ?? home.server
    server.receive(
      #"{"id":1,"method":"thread/read","params":{"threadId":"\#(StoredHome.id(number))","#
        + #""includeTurns":true}}"#)
    server.answerAll()
    return try #require(server.takeSent().last)
  }

  /// What a server answers that has seen nothing yet.
  private func freshlyRead(_ number: Int) throws -> String {
    let server = try TestServer(host: home.server.server.session.host)
    server.initialize()
    return try read(number, on: server)
  }

  /// Ways to change a file, each with what it makes of its text.
  enum Change: CaseIterable {
    case append, replace, truncate, rewrite, remove, touch
  }

  private func apply(_ change: Change, to number: Int) throws {
    let name = "home/" + StoredHome.path(number)
    let text = try home.folder.text(of: name)
    switch change {
    case .append: try home.append(number, [began("next"), said("third")])
    case .replace:
      let other = try home.folder.write(text.replacing("yes", with: "noo"), to: "home/other")
      let status = try FileStatus(path: path(number))
      try FileManager.default.removeItem(atPath: path(number))
      try FileManager.default.moveItem(atPath: other, toPath: path(number))
      #expect(try FileStatus(path: path(number)).size == status.size)
    case .truncate:
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      try home.folder.write(lines.dropLast(2).joined(separator: "\n") + "\n", to: name)
    // As long and, as far as its time tells, as old as before.
    case .rewrite:
      try home.folder.write(text.replacing("yes", with: "noo"), to: name)
      try age(number)
    case .remove: try FileManager.default.removeItem(atPath: path(number))
    case .touch:
      try FileManager.default.setAttributes(
        [.modificationDate: Date.now], ofItemAtPath: path(number))
    }
  }

  @Test func `an unchanged thread is planned once`() throws {
    for number in [1, 2] {
      #expect(try !isKnown(number))
      let first = try read(number)
      #expect(try isKnown(number))
      #expect(try read(number) == first)
      #expect(try freshlyRead(number) == first)
    }
  }

  @Test(arguments: Change.allCases) func `a change is seen`(_ change: Change) throws {
    let before = try read(1)
    try #require(try isKnown(1))
    try apply(change, to: 1)
    #expect(try !isKnown(1))
    let after = try read(1)
    #expect(try after == freshlyRead(1))
    #expect((after == before) == (change == .touch))
  }

  @Test(arguments: Change.allCases)
  func `a change of the file before is seen`(_ change: Change) throws {
    let before = try read(2)
    try #require(try isKnown(2))
    try apply(change, to: 1)
    #expect(try !isKnown(2))
    let after = try read(2)
    #expect(try after == freshlyRead(2))
    // What is added to that file does not belong to this thread.
    #expect((after == before) == (change == .touch || change == .append))
  }

  @Test func `another file with the name that is referred to is seen`() throws {
    _ = try read(2)
    try #require(try isKnown(2))
    let elsewhere = path(1).replacing("2026/03/01", with: "2026/03/09")
    try FileManager.default.createDirectory(
      atPath: Path.directory(of: elsewhere), withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: path(1), toPath: elsewhere)
    #expect(try !isKnown(2))
    #expect(try read(2) == freshlyRead(2))
  }

  @Test func `pages and the thread's summary come from what is known`() throws {
    _ = try read(1)
    try #require(try isKnown(1))
    let fresh = try TestServer(host: home.server.server.session.host)
    fresh.initialize()
    for (method, more) in [
      ("thread/read", ""), ("thread/turns/list", #","limit":1"#), ("thread/items/list", ""),
      ("thread/resume", #","excludeTurns":true"#),
    ] {
      let request =
        #"{"id":1,"method":"\#(method)","params":{"threadId":"\#(StoredHome.id(1))"\#(more)}}"#
      home.server.receive(request)
      let id = try UUID(StoredHome.id(1))
      if method != "thread/resume", library.loadedSnapshot(of: id, needsName: true) != nil {
        #expect(home.server.pendingWork == 0, "what is in memory needs no other thread")
      }
      home.server.answerAll()
      fresh.receive(request)
      fresh.answerAll()
      #expect(home.server.takeSent() == fresh.takeSent())
    }
  }

  @Test func `what was written just now is not relied on`() throws {
    try home.store(3, [began("turn"), said("new")])
    try FileManager.default.setAttributes(
      [.modificationDate: Date.now.addingTimeInterval(60)], ofItemAtPath: path(3))
    _ = try read(3)
    #expect(try !isKnown(3))
  }

  @Test func `no more than the last threads are remembered`() throws {
    let numbers = Array(3...28)
    for number in numbers { try store(number, "thread \(number)") }
    settle()
    let cache = SnapshotCache(store: library.store, countLimit: 20)
    for number in numbers {
      cache.keep(try snapshot(number))
      if number == 20 { #expect(try isKept(3, in: cache)) }
    }
    #expect(try numbers.filter { try isKept($0, in: cache) } == [3] + Array(10...28))
  }

  @Test func `what takes too much memory is not remembered`() throws {
    try home.store(3, [began("turn"), said(String(repeating: "long ", count: 9000))])
    settle()
    let cache = SnapshotCache(store: library.store, sizeLimit: 128 << 10)
    for (number, isKept) in [(1, true), (3, false)] {
      cache.keep(try snapshot(number))
      #expect(try self.isKept(number, in: cache) == isKept)
    }
  }

  private func snapshot(_ number: Int) throws -> ThreadSnapshot {
    let found = try library.store.find(UUID(StoredHome.id(number)))
    return try library.freshSnapshot(of: found.location)
  }

  private func isKept(_ number: Int, in cache: SnapshotCache) throws -> Bool {
    let found = try library.store.find(UUID(StoredHome.id(number)))
    return cache.snapshot(of: found.location) != nil
  }
}
