import Foundation
import LibC
import Synchronization
import TestSupport
import Testing

@testable import AppServer
@testable import Platform

/// The loop never waits for a disk: whatever a request reads or writes, a short request overtakes it,
/// and nothing of it is done on the loop's own thread.
@Suite struct SlowDiskTests {
  private static let legacy = "019bd0c1-5a10-7c3e-9f21-6b0d4e7a1c01"
  private static let paginated = "019da3f0-11aa-7b02-9c44-5e6f70819203"
  private static let reverted = "019dc5a0-22bb-7c14-8a55-708192a3b4c6"
  private static let archived = "019c7b20-33cc-7d24-8e66-708192a3b404"
  private static let item =
    #"{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}"#

  /// A request that reads or writes files, with the threads that are resumed before.
  struct SlowRequest: CustomTestStringConvertible, Sendable {
    let method: String
    let params: String
    var resumed: [String] = []

    init(_ method: String, _ params: String, resumed: String...) {
      self.method = method
      self.params = params
      self.resumed = resumed
    }

    var testDescription: String { "\(method) \(params)" }
  }

  static let requests: [SlowRequest] =
    [
      SlowRequest("thread/read", #""threadId":"00000000-0000-4000-8000-000000000001""#),
      SlowRequest("thread/list", ""),
      SlowRequest("thread/list", #""sortKey":"updated_at","modelProviders":[]"#),
      SlowRequest("thread/search", #""searchTerm":"e""#),
      SlowRequest("thread/archive", #""threadId":"\#(legacy)""#),
      SlowRequest("thread/delete", #""threadId":"\#(legacy)""#),
      SlowRequest("thread/unarchive", #""threadId":"\#(archived)""#),
      SlowRequest(
        "thread/resume",
        #""threadId":"","path":"sessions/2026/02/18/rollout-2026-02-18T10-29-58-\#(legacy).jsonl""#),
      SlowRequest("thread/resume", #""threadId":"","history":[\#(item)]"#),
      SlowRequest("getConversationSummary", #""conversationId":"\#(legacy)""#),
      SlowRequest(
        "thread/revert", #""threadId":"\#(paginated)","beforeTurnId":"t""#, resumed: paginated),
    ]
    + [legacy, paginated, reverted].flatMap { id in
      let thread = #""threadId":"\#(id)""#
      return [
        SlowRequest("thread/read", thread),
        SlowRequest("thread/read", thread + #","includeTurns":true"#),
        SlowRequest("thread/resume", thread),
        SlowRequest("thread/resume", thread + #","excludeTurns":true"#),
        SlowRequest("thread/fork", thread),
        SlowRequest("thread/fork", thread + #","ephemeral":true,"excludeTurns":true"#),
        SlowRequest("thread/turns/list", thread),
        SlowRequest("thread/items/list", thread),
        SlowRequest("thread/items/read", thread + #","turnId":"t","itemIds":["i"]"#),
        SlowRequest("thread/searchOccurrences", thread + #","searchTerm":"e""#),
        SlowRequest("thread/goal/get", thread),
        SlowRequest("thread/name/set", thread + #","name":"n""#),
        SlowRequest("thread/metadata/update", thread + #","gitInfo":{"branch":"b"}"#),
        SlowRequest("thread/inject_items", thread + #","items":[\#(item)]"#, resumed: id),
        SlowRequest("thread/rollback", thread + #","numTurns":1"#, resumed: id),
      ]
    }

  /// How a thread that is in memory stops being what the files say.
  enum Change: CaseIterable, Sendable {
    case grown, renamed, moved, loadedByPath, ephemeral
  }

  /// Holds up whoever waits at it until it is opened.
  private final class Gate: Sendable {
    private let isOpen = Semaphore()
    private let visitors = Mutex<Set<UInt>>([])
    private let loop = currentThread()
    private let isOver = Atomic<Bool>(false)

    /// To be passed by all threads but that which made the gate, until the test is over.
    func pass(_ path: String) {
      if isOver.load(ordering: .relaxed) { return }
      let thread = currentThread()
      guard thread != loop else {
        Issue.record("the loop waits for \(path)")
        return
      }
      visitors.withLock { _ = $0.insert(thread) }
      isOpen.wait()
      isOpen.signal()
    }

    func close() { isOver.store(true, ordering: .relaxed) }

    func open() { isOpen.signal() }

    var threads: Set<UInt> { visitors.withLock { $0 } }
  }

  @Test(arguments: requests)
  func `a short request overtakes one that waits for the disk`(_ request: SlowRequest) throws {
    let folder = try TemporaryFolder()
    let home = try folder.copyFixtureHome(to: "home")
    let server = try LiveServer(home: home)
    for id in request.resumed { server.send(1, "thread/resume", #""threadId":"\#(id)""#) }
    server.answerAll()
    let gate = Gate()
    DiskAccess.watch(home) { path in gate.pass(path) }
    server.send(2, request.method, request.params)
    server.send(3, "model/list")
    server.send(4, "thread/loaded/list")
    #expect(server.answer(3)?.contains(#""result""#) == true)
    #expect(server.answer(2) == nil, "the disk is not ready")
    gate.open()
    server.answerAll()
    #expect(server.answer(2) != nil)
    #expect(server.answer(4) != nil)
    #expect(!gate.threads.isEmpty)
    gate.close()
  }

  /// The requests that show what is in memory, about a thread of one file and one of two.
  static let shown: [SlowRequest] = [legacy, reverted].flatMap { id in
    let thread = #""threadId":"\#(id)""#
    return [
      SlowRequest("thread/read", thread),
      SlowRequest("thread/read", thread + #","includeTurns":true"#),
      SlowRequest("thread/turns/list", thread),
      SlowRequest("thread/items/list", thread),
      SlowRequest("thread/items/read", thread + #","turnId":"t","itemIds":["i"]"#),
      SlowRequest("thread/searchOccurrences", thread + #","searchTerm":"e""#),
    ]
  }

  @Test(arguments: shown)
  func `what is in memory is answered without a look at the disk, and on the loop's thread`(
    _ request: SlowRequest
  ) throws {
    let folder = try TemporaryFolder()
    let home = try folder.copyFixtureHome(to: "home")
    let server = try server(home, after: request)
    let gate = Gate()
    DiskAccess.watch(home) { path in gate.pass(path) }
    server.send(4, request.method, request.params)
    #expect(server.answer(4)?.dropFirst(8) == server.answer(3)?.dropFirst(8))
    gate.open()
    gate.close()
  }

  @Test(arguments: Change.allCases)
  func `what is no longer in memory is read on another thread`(_ change: Change) throws {
    let folder = try TemporaryFolder()
    let home = try folder.copyFixtureHome(to: "home")
    let server = try server(home, after: Self.read)
    let thread = #""threadId":"\#(Self.legacy)""#
    let path =
      home + "/sessions/2026/02/18/rollout-2026-02-18T10-29-58-\(Self.legacy).jsonl"
    var request = Self.read
    switch change {
    case .grown: try append("\n", to: path)
    case .renamed:
      try append(
        #"{"id":"\#(Self.legacy)","thread_name":"n"}"# + "\n", to: home + "/session_index.jsonl")
    case .moved:
      try FileManager.default.moveItem(
        atPath: path, toPath: home + "/sessions/" + Path.lastComponent(of: path))
    case .loadedByPath:
      server.send(5, "thread/resume", thread + #","path":"\#(path)""#)
      server.answerAll()
    case .ephemeral: request = SlowRequest("thread/fork", thread + #","ephemeral":true"#)
    }
    let gate = Gate()
    DiskAccess.watch(home) { path in gate.pass(path) }
    server.send(6, request.method, request.params)
    if change != .loadedByPath && change != .ephemeral {
      #expect(server.answer(6) == nil, "the disk is not ready")
    }
    gate.open()
    server.answerAll()
    #expect(server.answer(6)?.contains(#""result""#) == true)
    gate.close()
  }

  private static let read = SlowRequest(
    "thread/read", #""threadId":"\#(legacy)","includeTurns":true"#)

  /// A server that has answered a request so often that the thread is in memory and the home is
  /// watched.
  private func server(_ home: String, after request: SlowRequest) throws -> LiveServer {
    try #require(FolderWatch() != nil, "without it nothing is known to be unchanged")
    let server = try LiveServer(home: home)
    Foundation.Thread.sleep(forTimeInterval: 0.1)
    for id in 1...3 {
      server.send(id, request.method, request.params)
      server.answerAll()
    }
    return server
  }

  private func append(_ text: String, to path: String) throws {
    if !FileManager.default.fileExists(atPath: path) {
      try #require(FileManager.default.createFile(atPath: path, contents: nil))
    }
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }
}
