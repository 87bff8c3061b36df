import Foundation
import LibC
import Platform
import Synchronization
import TestSupport
import Testing

@testable import AppServer

/// What is answered while a folder or a file of the home cannot be read.
@Suite struct UnreadFolderTests {
  private let folder: TemporaryFolder
  private let server: TestServer
  private let disk: FailingDisk
  private let logged = Lines()

  /// A paginated thread that was reverted. Its older file is of May 7, its newest one of May 8.
  private static let reverted = "019dc5a0-22bb-7c14-8a55-708192a3b4c6"
  /// A fork of it, of May 10.
  private static let fork = "019dc5d0-44dd-7e36-8c77-92a3b4c5d6e8"
  /// A legacy thread of February.
  private static let legacy = "019bd0c1-5a10-7c3e-9f21-6b0d4e7a1c01"
  /// A paginated thread of April.
  private static let earlier = "019da3f0-11aa-7b02-9c44-5e6f70819203"
  private static let archived = "019c7b20-33cc-7d24-8e66-708192a3b404"

  private final class Lines: Sendable {
    let lines = Mutex<[String]>([])
  }

  init() throws {
    folder = try TemporaryFolder()
    var host = TestServer.host
    host.home = try folder.copyFixtureHome(to: "home")
    host.directory = folder.path
    disk = FailingDisk(folder.path)
    server = try TestServer(
      host: host,
      log: Log(.warn, write: { [logged] line in logged.lines.withLock { $0.append(line) } }))
    server.initialize()
    try move("019dc5b8", fromDay: "05/07", to: "05/08", naming: ("05-07", "05-08"))
    try move("019dc5d0", fromDay: "05/07", to: "05/10", naming: ("05-07", "05-10"))
  }

  /// The methods that name a thread by its id, with more members of their params.
  static let methods: [(String, String)] = [
    ("thread/read", ""), ("thread/read", #","includeTurns":true"#), ("thread/resume", ""),
    ("thread/fork", ""), ("thread/fork", #","ephemeral":true"#), ("thread/turns/list", ""),
    ("thread/items/list", ""), ("thread/items/read", #","turnId":"t","itemIds":["i"]"#),
    ("thread/searchOccurrences", #","searchTerm":"e""#), ("thread/name/set", #","name":"n""#),
    ("thread/metadata/update", #","gitInfo":{"branch":"b"}"#), ("thread/archive", ""),
    ("thread/delete", ""), ("thread/unarchive", ""), ("getConversationSummary", ""),
  ]

  @Test(arguments: methods)
  func `a thread is not shown or changed while a newer file of it may be out of sight`(
    _ method: String, _ more: String
  ) {
    let before = content()
    disk.fail(day("2026/05/08"), EACCES)
    #expect(
      refusal(method, Self.reverted, more) == unreadable(day("2026/05/08"), "Permission denied"))
    #expect(content() == before)
    disk.recover()
    let answer = ask(method, Self.reverted, more)
    #expect(!answer.contains("unreadable"))
  }

  @Test(arguments: [
    ("thread/inject_items", #","items":[{"type":"message","role":"user","content":[]}]"#),
    ("thread/rollback", #","numTurns":1"#), ("thread/revert", #","beforeTurnId":"t""#),
  ])
  func `a loaded thread is not written while another may have reverted it out of sight`(
    _ method: String, _ more: String
  ) throws {
    try FileManager.default.moveItem(atPath: day("2026/05/08"), toPath: folder("later"))
    #expect(ask("thread/resume", Self.reverted).contains(#""result""#))
    let before = try folder.text(of: older)
    try FileManager.default.moveItem(atPath: folder("later"), toPath: day("2026/05/08"))
    disk.fail(day("2026/05/08"), EACCES)
    #expect(
      refusal(method, Self.reverted, more) == unreadable(day("2026/05/08"), "Permission denied"))
    #expect(try folder.text(of: older) == before)
    disk.recover()
    #expect(!ask(method, Self.reverted, more).contains("unreadable"))
    #expect(try folder.text(of: older) == before, "the newest file is written")
  }

  @Test(arguments: methods)
  func `a thread that may be in a folder out of sight is not said to be missing`(
    _ method: String, _ more: String
  ) {
    disk.fail(day("2026/02/18"), EIO)
    #expect(
      refusal(method, Self.legacy, more) == unreadable(day("2026/02/18"), "Input/output error"))
    disk.recover()
    #expect(!ask(method, Self.legacy, more).contains("unreadable"))
  }

  @Test(arguments: [
    ("thread/read", ""), ("thread/resume", ""), ("thread/fork", ""), ("thread/turns/list", ""),
    ("thread/name/set", #","name":"n""#), ("thread/archive", ""), ("thread/delete", ""),
  ])
  func `a fork is not shown or copied without what it stands on`(_ method: String, _ more: String) {
    let before = content()
    disk.fail(day("2026/05/08"), EACCES)
    if method == "thread/name/set" {
      #expect(ask(method, Self.fork, more).contains(#""result":{}"#), "a name needs no history")
    } else {
      #expect(
        refusal(method, Self.fork, more) == unreadable(day("2026/05/08"), "Permission denied"))
      #expect(content() == before)
    }
  }

  @Test func `a thread is not deleted while a fork of it may be out of sight`() throws {
    disk.fail(day("2026/05/10"), EACCES)
    for id in [Self.reverted, Self.legacy, Self.archived] {
      let before = folder.names
      #expect(
        refusal("thread/delete", id) == unreadable(day("2026/05/10"), "Permission denied"))
      #expect(folder.names == before)
    }
    disk.recover()
    #expect(ask("thread/delete", Self.reverted).contains(#""reason":"inUse""#))
    #expect(ask("thread/delete", Self.legacy).contains(#""result":{}"#))
  }

  @Test(arguments: ["thread/delete", "thread/archive"])
  func `a file whose header cannot be read may be a fork or an agent`(_ method: String) throws {
    let file = try #require(folder.names.first { $0.contains(Self.fork) })
    disk.fail(folder(file), EIO)
    #expect(refusal(method, Self.reverted) == unreadable(folder(file), "Input/output error"))
    disk.recover()
    let child = try #require(folder.names.first { $0.contains(Self.legacy) })
    disk.fail(folder(child), EIO)
    #expect(
      !ask(method, Self.reverted).contains("unreadable"), "an older file is neither")
  }

  @Test func `a newest segment that cannot be read is not passed over`() throws {
    let file = try #require(folder.names.first { $0.contains("_019dc5b8") })
    disk.fail(folder(file), EIO)
    for method in ["thread/read", "thread/resume", "thread/fork", "thread/archive"] {
      #expect(refusal(method, Self.reverted) == unreadable(folder(file), "Input/output error"))
    }
  }

  @Test func `what cannot be in the folder is shown and changed as ever`() {
    disk.fail(day("2026/05/08"), EACCES)
    for id in [Self.legacy, Self.archived] {
      #expect(ask("thread/read", id).contains(#""result""#))
      #expect(ask("thread/name/set", id, #","name":"n""#).contains(#""result""#))
    }
    #expect(ask("thread/fork", Self.legacy).contains(#""result""#))
    #expect(ask("thread/unarchive", Self.archived).contains(#""result""#))
    disk.fail(day("2026/04/03"), EACCES)
    #expect(ask("thread/read", Self.earlier).contains("unreadable"), "May 8 is later")
    disk.recover()
    disk.fail(day("2026/04/03"), EACCES)
    #expect(ask("thread/read", Self.earlier).contains(#""result""#), "April 3 is earlier")
    #expect(ask("thread/fork", Self.earlier).contains(#""result""#))
  }

  @Test func `a loaded thread is not read from another file than it was opened from`() throws {
    let path = folder("copy.jsonl")
    let file = try #require(folder.names.first { $0.contains(Self.legacy) })
    try FileManager.default.copyItem(atPath: folder(file), toPath: path)
    #expect(ask("thread/resume", "", #","path":"\#(path)""#).contains(#""result""#))
    disk.fail(path, EIO)
    #expect(refusal("thread/read", Self.legacy) == unreadable(path, "Input/output error"))
    #expect(
      refusal("thread/rollback", Self.legacy, #","numTurns":1"#)
        == unreadable(path, "Input/output error"))
  }

  @Test(arguments: [
    (EACCES, "Permission denied"), (EIO, "Input/output error"),
    (ELOOP, "Too many levels of symbolic links"), (ENAMETOOLONG, "File name too long"),
    (ESTALE, "Stale file handle"), (EPERM, "Operation not permitted"),
  ])
  func `lists and searches answer what they see and tell the rest, once`(
    _ code: Int32, _ words: String
  ) {
    disk.fail(day("2026/05/08"), code)
    let warning =
      "threads may be missing, because a folder cannot be read: failed to open "
      + "\(day("2026/05/08")): \(words)"
    for (method, params) in [
      ("thread/list", #"{"modelProviders":[],"limit":3}"#),
      ("thread/list", #"{"modelProviders":[],"sortKey":"updated_at"}"#),
      ("thread/search", #"{"searchTerm":"e"}"#),
    ] {
      let said = say(method, params)
      let isFirst = params.contains("limit")
      #expect(warnings(said).count { $0 == warning } == (isFirst ? 1 : 0))
      #expect(said.last?.contains(#""result":{"data":[{"#) == true)
    }
    #expect(logged.lines.withLock { $0.count { $0.contains(warning) } } == 1)
  }

  @Test func `the warning of a folder names no thread`() {
    disk.fail(day("2026/05/08"), EACCES)
    let said = say("thread/list", "{}")
    #expect(said.first?.contains(#","threadId":null},"emittedAtMs""#) == true)
  }

  @Test func `the folder of all threads is an error, that of the others none`() {
    let archive = folder("home/archived_sessions")
    disk.fail(archive, EIO)
    #expect(say("thread/list", #"{"sortKey":"updated_at"}"#).map(\.isResult) == [true])
    #expect(
      say("thread/list", #"{"archived":true}"#).last
        .map { $0.contains(#""reason":"unreadable""#) && $0.contains(archive) } == true)
    #expect(ask("thread/read", Self.legacy).contains(#""result""#))
    disk.recover()
    disk.fail(folder("home/sessions"), EIO)
    #expect(say("thread/list", "{}").last?.contains(#""reason":"unreadable""#) == true)
  }

  @Test func `a link to a disk that is not there is no empty folder`() throws {
    let archive = folder("home/archived_sessions")
    try FileManager.default.moveItem(atPath: archive, toPath: folder("disk"))
    try FileManager.default.createSymbolicLink(
      atPath: archive, withDestinationPath: folder("disk"))
    #expect(ask("thread/read", Self.archived).contains(#""result""#))
    try FileManager.default.moveItem(atPath: folder("disk"), toPath: folder("gone"))
    #expect(ask("thread/read", Self.archived).contains(#""reason":"unreadable""#))
    #expect(ask("thread/delete", Self.legacy).contains(#""reason":"unreadable""#))
    try FileManager.default.moveItem(atPath: folder("gone"), toPath: folder("disk"))
    #expect(ask("thread/read", Self.archived).contains(#""result""#))
  }

  @Test func `without a descriptor a list is an error, and the next one is whole`() throws {
    let ids = Set(listed())
    #expect(ids.count > 4)
    for number in 1...3 {
      disk.fail(folder("home"), EMFILE)
      try folder.write("", to: "home/sessions/2026/05/0\(number)/notes.txt")
      #expect(say("thread/list", #"{"modelProviders":[]}"#).last?.contains("unreadable") == true)
      disk.recover()
      #expect(Set(listed()) == ids)
    }
    #expect(warnings(say("thread/list", "{}")) == [])
  }
}

extension UnreadFolderTests {
  private var older: String {
    "home/sessions/2026/05/07/rollout-2026-05-07T10-00-00-\(Self.reverted).jsonl"
  }

  private func day(_ day: String) -> String { folder("home/sessions/\(day)") }

  private func move(
    _ id: String, fromDay: String, to day: String, naming: (String, String)
  ) throws {
    let name = try #require(
      folder.names.first { $0.contains("/\(fromDay)/rollout") && $0.contains(id) })
    let target = folder(
      name.replacing("/\(fromDay)/", with: "/\(day)/").replacing(naming.0, with: naming.1))
    try FileManager.default.createDirectory(
      atPath: Path.directory(of: target), withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: folder(name), toPath: target)
  }

  /// The rollouts and the names of threads.
  private func content() -> [String: String] {
    let names = folder.names.filter { $0.contains("/rollout-") || $0.hasSuffix("index.jsonl") }
    return Dictionary(uniqueKeysWithValues: names.map { ($0, (try? folder.text(of: $0)) ?? "") })
  }

  private func say(_ method: String, _ params: String) -> [String] {
    server.receive(#"{"id":1,"method":"\#(method)","params":\#(params)}"#)
    server.answerAll()
    return server.takeSent()
  }

  private func ask(_ method: String, _ id: String, _ more: String = "") -> String {
    let member = method == "getConversationSummary" ? "conversationId" : "threadId"
    let said = say(method, #"{"\#(member)":"\#(id)"\#(more)}"#)
    return said.first { $0.hasPrefix(#"{"id":1,"#) || $0.hasSuffix(#""id":1}"#) } ?? ""
  }

  /// The error of an answer without its id; nil for a result.
  private func refusal(_ method: String, _ id: String, _ more: String = "") -> String? {
    let answer = ask(method, id, more)
    return answer.hasPrefix(#"{"error""#) ? String(answer.dropLast(#","id":1}"#.count)) : nil
  }

  private func unreadable(_ path: String, _ words: String) -> String {
    #"{"error":{"code":-32603,"message":"failed to open \#(path): \#(words)","#
      + #""data":{"reason":"unreadable","path":"\#(path)"}}"#
  }

  private func warnings(_ said: [String]) -> [String] {
    said.compactMap { line in
      line.firstMatch(of: /{"method":"warning","params":{"message":"([^"]*)"/)
        .map { String($0.output.1) }
    }
  }

  private func listed() -> [String] {
    let answer = say("thread/list", #"{"modelProviders":[]}"#).last ?? ""
    return answer.matches(of: /{"id":"([^"]*)"/).map { String($0.output.1) }
  }
}

extension String {
  fileprivate var isResult: Bool { contains(#""result""#) }
}

/// Files and folders that cannot be accessed until they recover, apart from their own status.
final class FailingDisk: Sendable {
  private let failures = Mutex<[(path: String, code: Int32)]>([])

  /// - Parameter folder: The folder of all of them.
  init(_ folder: String) {
    DiskAccess.fail(folder) { [weak self] path, request in
      self?.failures.withLock { failures in
        failures.first {
          path == $0.path ? request != .status : path.hasPrefix($0.path + "/")
        }?.code
      }
    }
  }

  /// Lets each access to a file or folder fail, and to what is below it.
  func fail(_ path: String, _ code: Int32) { failures.withLock { $0.append((path, code)) } }

  func recover() { failures.withLock { $0 = [] } }
}
