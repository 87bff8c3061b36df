import Foundation
import TestSupport
import Testing

@testable import AppServer

/// Plays every recorded exchange in `Fixtures/exchanges` against the server.
///
/// A line that starts with `>` is what the client says, a line that starts with `<` is what the
/// server must answer, byte for byte; `#` starts a remark. A line `home: NAME` puts a copy of
/// `Fixtures/homes/NAME` below the server, and `{home}` stands for its path. Run with
/// UPDATE_FIXTURES=1 to rewrite the answers, then read the diff.
@Suite struct ExchangeTests {
  @Test(arguments: Repository.exchanges)
  func `answers as recorded`(_ name: String) throws {
    let file = Repository.root.appending(path: "Fixtures/exchanges/\(name)")
    let recorded = try String(contentsOf: file, encoding: .utf8)
    let played = try play(recorded)
    if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
      try played.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(played == recorded)
    }
  }

  @Test func `there are exchanges`() {
    #expect(!Repository.exchanges.isEmpty)
  }

  /// The exchange with the answers that the server gives now.
  private func play(_ exchange: String) throws -> String {
    let home = try TemporaryFolder()
    let lines = exchange.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .filter { !$0.hasPrefix("<") }
    if let name = lines.first(where: { $0.hasPrefix("home: ") })?.dropFirst(6) {
      try copy(Repository.root.appending(path: "Fixtures/homes/\(name)"), to: home)
    }
    let server = try TestServer(home: home)
    var played = ""
    for line in lines {
      played += line + "\n"
      guard line.hasPrefix("> ") else { continue }
      server.receive(String(line.dropFirst(2)).replacing("{home}", with: home.path))
      server.endOfInput()
      for answer in server.takeSent() {
        played += "< \(answer.replacing(home.path, with: "{home}"))\n"
      }
    }
    return played
  }

  private func copy(_ folder: URL, to home: TemporaryFolder) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path()) {
      try FileManager.default.copyItem(
        at: folder.appending(path: name), to: URL(filePath: home(name)))
    }
  }
}
