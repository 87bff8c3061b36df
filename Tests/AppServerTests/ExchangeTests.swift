import Foundation
import Testing

@testable import AppServer

/// Plays every recorded exchange in `Fixtures/exchanges` against the server.
///
/// A line that starts with `>` is what the client says, a line that starts with `<` is what the
/// server must answer, byte for byte; `#` starts a remark. Run with UPDATE_FIXTURES=1 to rewrite the
/// answers, then read the diff.
@Suite struct ExchangeTests {
  @Test(arguments: Repository.exchanges)
  func `answers as recorded`(_ name: String) throws {
    let file = Repository.root.appending(path: "Fixtures/exchanges/\(name)")
    let recorded = try String(contentsOf: file, encoding: .utf8)
    let played = play(recorded)
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
  private func play(_ exchange: String) -> String {
    let server = TestServer(host: Placeholder.host)
    var played = ""
    for line in exchange.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    where !line.hasPrefix("<") {
      played += line + "\n"
      guard line.hasPrefix("> ") else { continue }
      server.receive(Placeholder.fill(String(line.dropFirst(2))))
      server.endOfInput()
      for answer in server.takeSent() { played += "< \(Placeholder.mask(answer))\n" }
    }
    return played
  }
}

/// What stands in exchanges for what differs from one machine to the next.
private enum Placeholder {
  static let home = FileManager.default.temporaryDirectory.path() + "reprise-exchanges"

  static var host: HostInfo {
    var host = TestServer.host
    host.home = home
    return host
  }

  static func fill(_ request: String) -> String { request.replacing("{home}", with: home) }

  static func mask(_ answer: String) -> String { answer.replacing(home, with: "{home}") }
}
