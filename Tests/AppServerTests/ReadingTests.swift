import Foundation
import TestSupport
import Testing

@testable import AppServer

/// Reading leaves a home as it is, down to the times of its files.
@Suite struct ReadingTests {
  private static let ids = [
    "019bd0c1-5a10-7c3e-9f21-6b0d4e7a1c01", "019da3f0-11aa-7b02-9c44-5e6f70819203",
    "019dc5a0-22bb-7c14-8a55-708192a3b4c6", "019dd0a0-55ee-7f47-8d88-a3b4c5d6e7f9",
    "019c7b20-33cc-7d24-8e66-708192a3b404", "00000000-0000-4000-8000-000000000001",
  ]

  static let requests: [(method: String, params: String)] =
    [
      ("thread/list", ""), ("thread/list", #""sortKey":"updated_at","archived":true"#),
      ("thread/search", #""searchTerm":"the""#), ("thread/loaded/list", ""),
    ]
    + ids.flatMap { id in
      let thread = #""threadId":"\#(id)""#
      return [
        ("thread/read", thread + #","includeTurns":true"#), ("thread/resume", thread),
        ("thread/resume", thread + #","excludeTurns":true"#), ("thread/turns/list", thread),
        ("thread/items/list", thread + #","sortDirection":"desc","limit":2"#),
        ("thread/items/read", thread + #","turnId":"t","itemIds":["i"]"#),
        ("thread/searchOccurrences", thread + #","searchTerm":"the""#),
        ("thread/goal/get", thread), ("thread/unsubscribe", thread),
        ("getConversationSummary", #""conversationId":"\#(id)""#),
        ("thread/fork", thread + #","ephemeral":true,"excludeTurns":true"#),
      ]
    }

  @Test func `reading writes nothing`() throws {
    let folder = try TemporaryFolder()
    let home = try folder.copyFixtureHome(to: "home")
    let before = try state(of: home)
    let server = try LiveServer(home: home)
    for (number, request) in Self.requests.enumerated() {
      server.send(number + 1, request.method, request.params)
      server.answerAll()
      #expect(server.answer(number + 1) != nil)
      #expect(try state(of: home) == before, "\(request)")
    }
  }

  /// Of every file and folder the path, the size, the times and the number.
  private func state(of home: String) throws -> [String] {
    let names = FileManager.default.subpaths(atPath: home) ?? []
    return try (names + [""]).sorted().map { name in
      let facts = try FileManager.default.attributesOfItem(atPath: home + "/" + name)
      let told: [FileAttributeKey] = [
        .size, .modificationDate, .systemFileNumber, .posixPermissions,
      ]
      return name + " " + told.map { "\(facts[$0] ?? "-")" }.joined(separator: " ")
    }
  }
}
