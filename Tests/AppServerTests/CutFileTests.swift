import Foundation
import Platform
import Synchronization
import TestSupport
import Testing

@testable import AppServer

/// What is told of a thread whose file is cut or overwritten while an answer is made of it.
@Suite struct CutFileTests {
  /// What happens to the file.
  enum Change: CaseIterable {
    /// It ends in the middle.
    case cut
    /// Its second half is NULs.
    case blank
    /// Other records stand at the places of its records, each as long as the one before.
    case overwritten
    /// The system cannot read the open file any more.
    case failing
  }

  private static let count = 60
  private static let id = StoredHome.id(1)

  private static func message(_ number: Int, _ letter: Character) -> String {
    answered("\(letter)\(String(format: "%03d", number))" + String(repeating: letter, count: 9000))
  }

  /// Stores a thread of six turns, with ten messages of the agent in each.
  private static func store(in home: StoredHome, _ letter: Character) throws {
    try home.store(
      1,
      (0..<6).flatMap { turn in
        [began("t\(turn)")] + (0..<10).map { message(turn * 10 + $0, letter) } + [ended("t\(turn)")]
      })
  }

  /// Changes the file of a home before the access to it with this number.
  private static func change(_ home: StoredHome, _ change: Change, at access: Int) throws {
    let path = home.folder("home/\(StoredHome.path(1))")
    let old = try Data(contentsOf: URL(filePath: path))
    let other = try StoredHome()
    try store(in: other, "B")
    let new = try Data(contentsOf: URL(filePath: other.folder("home/\(StoredHome.path(1))")))
    try #require(new.count == old.count)
    let left = Atomic<Int>(access)
    DiskAccess.watch(path) { _ in
      guard left.subtract(1, ordering: .relaxed).newValue == 0 else { return }
      guard let file = FileHandle(forUpdatingAtPath: path) else { return }
      switch change {
      case .failing: makeUnreadable(path)
      case .cut: try? file.truncate(atOffset: UInt64(old.count / 2))
      case .blank:
        try? file.seek(toOffset: UInt64(old.count / 2))
        try? file.write(contentsOf: Data(count: old.count - old.count / 2))
      case .overwritten: try? file.write(contentsOf: new)
      }
    }
  }

  /// Makes reads of the open file at a path fail: its descriptor becomes that of a folder.
  private static func makeUnreadable(_ path: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    let own = FileHandle(forReadingAtPath: path)?.fileDescriptor
    for descriptor in names.compactMap({ Int32($0) }) where descriptor != own {
      let target = try? FileManager.default.destinationOfSymbolicLink(
        atPath: "/proc/self/fd/\(descriptor)")
      guard target == path else { continue }
      let folder = open("/", O_RDONLY)
      dup2(folder, descriptor)
      close(folder)
    }
  }

  private static let requests = [
    ("thread/read", #","includeTurns":true"#), ("thread/resume", ""),
    ("thread/turns/list", #","itemsView":"full""#),
    ("thread/items/list", #","limit":50,"sortDirection":"desc""#),
  ]

  @Test(arguments: requests, Change.allCases)
  func `what is missing is told, whenever it happens`(
    _ request: (method: String, more: String), _ change: Change
  ) throws {
    let params = #"{"threadId":"\#(Self.id)"\#(request.more)}"#
    let isPage = request.method == "thread/items/list"
    var mostTold = 0
    for access in 1...8 {
      let home = try StoredHome()
      try Self.store(in: home, "A")
      try Self.change(home, change, at: access)
      let said = Self.say(home.server, request.method, params)
      let place = try #require(said.firstIndex { !$0.contains(#"{"method":"#) })
      let answer = said[place]
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(answer.utf8)) }
      let again = Self.say(home.server, request.method, params).last
      #expect(again == (try Self.freshAnswer(home, request.method, params)))
      let missing = Self.missing(in: said.dropFirst(place + 1).first ?? "")
      if missing == 0 {
        // The file was read behind the change. Or it is an error, such as of a header that is gone.
        #expect(answer == again || !answer.contains("\"result\""), "at access \(access)")
        continue
      }
      let shown = Self.messages(in: answer)
      #expect(shown + missing <= (isPage ? 50 : Self.count))
      mostTold = max(mostTold, shown + missing)
      let errors = answer.components(separatedBy: #""error":{"message":""#).dropFirst()
      #expect(isPage || errors.map { Self.number(at: $0) }.reduce(0, +) == missing)
    }
    #expect(mostTold == (isPage ? 50 : Self.count))
  }

  /// How many items a warning says to be missing; 0 for other messages.
  private static func missing(in message: String) -> Int {
    guard message.contains(/: (it was cut or overwritten meanwhile|Is a directory)"/) else {
      return 0
    }
    let parts = message.components(separatedBy: #""the answer is not whole, "#)
    return parts.count == 2 ? number(at: parts[1]) : 0
  }

  private static func number(at text: String) -> Int { Int(text.prefix { $0.isNumber }) ?? 0 }

  /// The number of messages in an answer.
  private static func messages(in answer: String) -> Int {
    ["A", "B"].reduce(0) {
      $0 + answer.components(separatedBy: #""text":"\#($1)"#).count - 1
    }
  }

  /// The answer of a server that has never read the thread.
  private static func freshAnswer(
    _ home: StoredHome, _ method: String, _ params: String
  ) throws -> String? {
    var host = TestServer.host
    host.home = home.folder("home")
    host.directory = home.folder.path
    let server = try TestServer(host: host)
    server.initialize()
    return say(server, method, params).last
  }

  /// All messages that a server sends because of a request.
  private static func say(_ server: TestServer, _ method: String, _ params: String) -> [String] {
    server.receive(#"{"id":1,"method":"\#(method)","params":\#(params)}"#)
    server.answerAll()
    let sent = server.takeSentParts().reduce(into: Data()) { $0.append(contentsOf: $1) }
    return String(decoding: sent.dropLast(), as: UTF8.self).components(separatedBy: "\n")
  }

  @Test func `a search tells which threads were cut while it read them`() throws {
    var told = 0
    for access in 1...8 {
      let home = try StoredHome()
      try Self.store(in: home, "A")
      try Self.change(home, .cut, at: access)
      let said = Self.say(home.server, "thread/search", #"{"searchTerm":"found nowhere"}"#)
      told += said.count { $0.contains("the thread cannot be read: failed to read ") }
    }
    #expect(told > 0)
  }

  @Test func `a fork of a thread that is cut meanwhile is an error or whole`() throws {
    for access in 1...8 {
      let home = try StoredHome()
      try Self.store(in: home, "A")
      try Self.change(home, .cut, at: access)
      let said = Self.say(home.server, "thread/fork", #"{"threadId":"\#(Self.id)"}"#)
      let answer = said.first { $0.hasPrefix(#"{"id":1,"#) } ?? ""
      let parts = answer.components(separatedBy: #""result":{"thread":{"id":""#)
      guard parts.count == 2 else { continue }
      let child = #"{"threadId":"\#(parts[1].prefix(36))","includeTurns":true}"#
      let shown = Self.say(home.server, "thread/read", child).last ?? ""
      #expect(Self.messages(in: shown) == Self.messages(in: answer), "at access \(access)")
    }
  }
}
