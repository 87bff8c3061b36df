import Foundation
import TestSupport
import Testing

@testable import AppServer

/// Plays every recorded exchange in `Fixtures/exchanges` against a server on its own copy of
/// `Fixtures/home`.
///
/// A line that starts with `>` is what the client says, a line that starts with `<` is what the
/// server must answer, byte for byte; `#` starts a remark. Run with UPDATE_FIXTURES=1 to rewrite the
/// answers, then read the diff.
@Suite struct ExchangeTests {
  @Test(arguments: Repository.exchanges)
  func `answers as recorded`(_ name: String) throws {
    let file = Repository.root.appending(path: "Fixtures/exchanges/\(name)")
    let recorded = try String(contentsOf: file, encoding: .utf8)
    var exchange = try Exchange(recorded)
    let played = try exchange.play()
    if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
      try played.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(played == recorded)
    }
  }

  @Test func `there are exchanges`() {
    #expect(!Repository.exchanges.isEmpty)
  }
}

/// One exchange, and what stands in it for what differs from one run to the next: `{home}`, `{pid}`
/// and `{memory}`, and `{new-1}` and so on for ids that the server makes.
private struct Exchange {
  private let lines: [Substring]
  private let home: TemporaryFolder
  /// Ids that are in the fixtures or in the requests.
  private let knownIDs: Set<String>
  private var newIDs: [String] = []
  /// Unix seconds: what is later is now.
  private let began = Int(Date().timeIntervalSince1970)

  init(_ text: String) throws {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let home = try TemporaryFolder()
    let copy = try home.copyFixtureHome(to: "home")
    let requests = lines.filter { $0.hasPrefix("> ") }.joined()
    let files = FileManager.default.subpaths(atPath: copy) ?? []
    let texts = files.map { (try? home.text(of: "home/\($0)")) ?? "" } + files + [requests]
    knownIDs = Set(texts.flatMap { Self.ids(in: $0) })
    self.home = home
  }

  /// The exchange with the answers that the server gives now.
  mutating func play() throws -> String {
    var host = TestServer.host
    host.home = home("home")
    host.directory = home("work")
    let server = try TestServer(host: host)
    var played = ""
    for line in lines where !line.hasPrefix("<") {
      played += line + "\n"
      guard line.hasPrefix("> ") else { continue }
      server.receive(fill(String(line.dropFirst(2))))
      server.answerAll()
      for answer in server.takeSent() { played += "< \(mask(answer))\n" }
    }
    return played
  }

  private func fill(_ request: String) -> String {
    var request = request.replacing("{home}", with: home("home"))
    for (index, id) in newIDs.enumerated() {
      request = request.replacing("{new-\(index + 1)}", with: id)
    }
    return request
  }

  private mutating func mask(_ answer: String) -> String {
    var masked = answer
    for id in Self.ids(in: answer) where !knownIDs.contains(id) {
      if !newIDs.contains(id) { newIDs.append(id) }
    }
    for (index, id) in newIDs.enumerated() {
      masked = masked.replacing(id, with: "{new-\(index + 1)}")
    }
    // What is made now carries the time of now, in file names too.
    masked = masked.replacing(
      /"(createdAt|updatedAt|recencyAt|startedAt|completedAt)":([0-9]+)/
    ) { match in
      (Int(match.output.2) ?? 0) < began ? "\(match.output.0)" : "\"\(match.output.1)\":{now}"
    }
    masked = masked.replacing(
      /sessions\/[0-9\/]+\/rollout-[0-9T-]+-([0-9a-f-]{36}_)?\{/
    ) { match in "{day}/rollout-{now}-\(match.output.1 ?? ""){" }
    masked = masked.replacing(/\|@[0-9]{13}"/, with: "|@{now}\"")
    masked = masked.replacing(
      /"process":\{"id":[0-9]+,"residentMemoryBytes":[0-9]+/,
      with: #""process":{"id":{pid},"residentMemoryBytes":{memory}"#)
    return masked.replacing(home.path, with: "{home}").replacing("{home}/home", with: "{home}")
  }

  private static func ids(in text: String) -> [String] {
    text.matches(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/).map { String($0.output.0) }
  }
}
