import Foundation
import History
import Library
import Platform
import Rollouts
import TestSupport
import Testing

/// The threads of `Fixtures/home`, of every generation.
@Suite struct HomeTests {
  static let rollouts =
    (FileManager.default.subpaths(atPath: home) ?? []).filter { $0.contains("rollout-") }.sorted()
  static let home = Repository.path(of: "Fixtures/home")

  private let store = RolloutStore(home: home)

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: Self.home).appending(path: path)))
  }

  @Test(arguments: rollouts)
  func `every thread has turns, and a message of its user`(_ path: String) throws {
    let found = try store.find(atPath: path, relativeTo: "/")
    let chain = try store.chain(found)
    let thread = try ThreadHistory(chain, id: found.location.id)
    #expect(chain.problems.isEmpty)
    #expect(!thread.preview.isEmpty)
    #expect(try thread.turns(from: chain).contains { $0.contains(#""type":"agentMessage""#) })
  }

  /// Never an error, and the turns of a part are the beginning of the turns of more.
  @Test(arguments: rollouts)
  func `a file that was cut anywhere is read up to there`(_ path: String) throws {
    let bytes = try bytes(path)
    var before = 0
    for end in stride(from: 0, to: bytes.count, by: 61) {
      let stored = try StoredRollout(Array(bytes[..<end]))
      let text = String(decoding: bytes[..<end], as: UTF8.self)
      let count = try stored.turns().count
      if !text.contains("thread_rolled_back"), !text.contains("update_plan") {
        #expect(count >= before, "\(end) bytes")
        before = count
      }
    }
  }

  @Test(arguments: [
    ("019dc5a0-22bb-7c14-8a55-708192a3b4c6", ["user-1", "agent-1", "user-3", "agent-3"], 2),
    (
      "019dc5d0-44dd-7e36-8c77-92a3b4c5d6e8",
      ["user-1", "agent-1", "user-3", "agent-3", "user-4", "agent-4"], 3
    ),
  ])
  func `a thread goes on where its base ends`(_ id: String, _ items: [String], _ files: Int) throws
  {
    let found = try store.find(UUID(id))
    let chain = try store.chain(found)
    let thread = try ThreadHistory(chain, id: found.location.id)
    let ids = try thread.turns(from: chain).compactMap { line in
      line.firstMatch(of: /^ .*?"id":"([^"]*)"/).map { String($0.output.1) }
    }
    #expect(ids == items)
    #expect(chain.links.count == files)
    #expect(thread.preview == "Draw the inner planets.")
  }

  @Test func `a reverted thread is no younger than its first file`() throws {
    let found = try store.find(UUID("019dc5a0-22bb-7c14-8a55-708192a3b4c6"))
    let thread = try ThreadHistory(store.chain(found), id: found.location.id)
    #expect(thread.createdAt == 1_778_140_800_000)
    let fork = try store.find(UUID("019dc5d0-44dd-7e36-8c77-92a3b4c5d6e8"))
    #expect(
      try ThreadHistory(store.chain(fork), id: fork.location.id).createdAt == 1_778_143_200_000)
  }
}
